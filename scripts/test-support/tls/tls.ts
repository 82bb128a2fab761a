import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One of the certificates and keys beside this file: made once with OpenSSL for tests alone, good until 2120, and trusted by nobody else. */
export function pem(name: 'ca.pem' | 'other-ca.pem' | 'server.pem' | 'server.key' | 'client.pem' | 'client.key'): string {
  return readFileSync(path.resolve('scripts/test-support/tls', name), 'utf8');
}
