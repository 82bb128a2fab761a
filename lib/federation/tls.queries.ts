import { readFile } from 'node:fs/promises';
import { env } from '@/lib/platform/env';

/** Who signs the certificates that are trusted, and the certificate and key that Onward shows; PEM. */
export type SourceTls = { ca?: string; cert?: string; key?: string };

/**
 * What the files hold that ONWARD_SOURCES_CA, ONWARD_SOURCES_CERT and ONWARD_SOURCES_KEY name. Without the first, the authorities that Node brings
 * are trusted; with it, those in the file alone. Throws for a file that cannot be read.
 */
export async function sourceTls(): Promise<SourceTls> {
  const { ONWARD_SOURCES_CA, ONWARD_SOURCES_CERT, ONWARD_SOURCES_KEY } = env();
  const [ca, cert, key] = await Promise.all([ONWARD_SOURCES_CA, ONWARD_SOURCES_CERT, ONWARD_SOURCES_KEY].map(async (file) => (file ? readFile(file, 'utf8') : undefined)));
  return { ca, cert, key };
}
