/** The list of people to contact, narrowed as `filter` says; what it leaves open is not in the address. */
export function listPath({ service = '', owner = '', done = '' }: { service?: string; owner?: string; done?: string }): string {
  const query = new URLSearchParams(Object.entries({ service, owner: owner === 'all' ? '' : owner, done }).filter(([, value]) => value));
  return query.size > 0 ? `/contact?${query}` : '/contact';
}
