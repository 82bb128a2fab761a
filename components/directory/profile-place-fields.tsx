import { TextInput } from '@/components/ui/text-input';

/** Name of a service, and where patients go. */
export function PlaceFields({ values, faults }: { values: Record<string, string>; faults: Record<string, string> }) {
  return (
    <>
      <TextInput name="name" label="Name of the service" error={faults['name']} defaultValue={values['name']} autoComplete="off" />
      <TextInput name="address" label="Address where patients go" hint="Building, street and town, on one line" error={faults['address']} defaultValue={values['address']} autoComplete="off" />
      <TextInput name="postcode" label="Postcode" hint="Distances are measured from here" width={10} error={faults['postcode']} defaultValue={values['postcode']} autoComplete="off" spellCheck={false} />
    </>
  );
}
