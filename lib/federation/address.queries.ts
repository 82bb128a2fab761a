import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Resolves the name of a source for a connection to it, and fails when one of its addresses is not one of the public internet: whoever answers for the name
 * could otherwise lead Onward to itself, to its neighbours, or to what 169.254.169.254 tells of a machine. A root that is an address itself is not resolved:
 * the admin who entered it named it.
 */
export function publicLookup(...[hostname, options, callback]: Parameters<LookupFunction>): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new Error('A name leads to an address that is not public'), []);
    const [first] = addresses;
    return options.all || !first ? callback(null, addresses) : callback(null, first.address, first.family);
  });
}

/** Whether an IP address, version 4 or 6, is one of the public internet; version 4 inside version 6 counts as what it is. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
