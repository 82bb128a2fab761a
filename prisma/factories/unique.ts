let last = 0;

/** A number that no other call in this process gets; different processes start far apart. */
export function unique(): number {
  last += 1;
  return BASE + last;
}

const BASE = Math.floor(Math.random() * 9_000) * 1_000_000;
