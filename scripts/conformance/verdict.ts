/** The provider does not do what the requirement says. */
export class Unmet extends Error {
  override name = 'Unmet';
}

/** It cannot be said whether the provider does: something that the check builds on is missing. */
export class Unknown extends Error {
  override name = 'Unknown';
}

/** Fails the requirement with these words unless the claim holds. */
export function must(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Unmet(words);
}

/** Leaves the requirement undecided. */
export function unknown(words: string): never {
  throw new Unknown(words);
}
