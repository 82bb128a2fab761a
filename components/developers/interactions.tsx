import { failuresOf, interactionsOf, type Description, type Failure } from '@/components/developers/description';
import { InteractionPanel } from '@/components/developers/interaction-panel';

type InteractionsProps = {
  tag: Description['tags'][number];
  description: Description;
  /** Failures that are told elsewhere. */
  told: readonly Failure[];
};

/** The interactions under one tag. */
export function Interactions({ tag, description, told }: InteractionsProps) {
  return (
    <section aria-labelledby={tag.name}>
      <h2 id={tag.name} className="mt-6">
        {tag.name}
      </h2>
      <p>{tag.description}</p>
      {interactionsOf(description, tag.name).map((interaction) => (
        <InteractionPanel
          key={interaction.operation.operationId}
          interaction={interaction}
          failures={failuresOf(description, interaction.operation).filter(({ name }) => told.every((failure) => failure.name !== name))}
        />
      ))}
    </section>
  );
}
