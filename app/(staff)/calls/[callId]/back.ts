const PAGES = ['services', 'check', 'booked'] as const;
export type BackPage = (typeof PAGES)[number];

/** The page of a call to go back to; anything else that is asked for is the services page. */
export function backFrom(asked: string | string[] | undefined): BackPage {
  return PAGES.find((page) => page === asked) ?? 'services';
}
