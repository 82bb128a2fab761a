export function hydrate(): void;
