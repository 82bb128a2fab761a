import { cookies } from 'next/headers';
import { isSecure } from '@/lib/auth/config';

const COOKIE = 'onward.single-keys';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Whether keys without Ctrl or Alt do something on this browser; on until somebody switches them off (WCAG 2.1.4). */
export async function areSingleKeysOn(): Promise<boolean> {
  return (await cookies()).get(COOKIE)?.value !== 'off';
}

export async function switchSingleKeys(to: 'on' | 'off'): Promise<void> {
  (await cookies()).set(COOKIE, to, { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(), maxAge: YEAR_SECONDS });
}
