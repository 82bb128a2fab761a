const MASK = '[left out]';
const SHORTEST = 4;
const TOKEN = /\b[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g;

/** What must not be printed, written or shown: tokens, secrets, NHS numbers. */
export type Redaction = {
  keepOut: (secret: string) => void;
  clean: (text: string) => string;
  /** Whether a text has any of it. */
  isPrivate: (text: string) => boolean;
};

/** Starts with nothing kept out but what looks like a token. */
export function openRedaction(): Redaction {
  const secrets = new Set<string>();
  const clean = (text: string) => [...secrets].reduce((left, secret) => left.replaceAll(secret, MASK), text).replace(TOKEN, MASK);
  return {
    keepOut: (secret) => spellings(secret).forEach((spelling) => secrets.add(spelling)),
    clean,
    isPrivate: (text) => clean(text) !== text,
  };
}

function spellings(secret: string): string[] {
  if (secret.length < SHORTEST) return [];
  const isNhsNumber = /^\d{10}$/.test(secret);
  // Nine of its digits too: the checks send numbers with one digit wrong or missing.
  const others = isNhsNumber ? [secret.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3'), secret.slice(0, 9), secret.slice(1)] : [];
  return [secret, ...others].flatMap((text) => [text, encodeURIComponent(text), text.replaceAll(' ', '+')]);
}
