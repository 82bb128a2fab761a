/** The page that opens a sealed entry with a reason, and then goes to `back`, a page of this site. */
export function openPath({ entryId, back }: { entryId: string; back: string }): string {
  return `/entries/${entryId}/open?back=${encodeURIComponent(back)}`;
}
