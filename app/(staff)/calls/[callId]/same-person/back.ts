import { returnPath } from '@/lib/auth/return-path.rules';

/** The page of this call to go back to, with the service chosen there; anything else that is asked for is the services page. */
export function callPageFrom(callId: string, asked: string | string[] | undefined): string {
  const path = typeof asked === 'string' ? returnPath(asked) : '';
  return path.startsWith(`/calls/${callId}/`) ? path : `/calls/${callId}/services`;
}
