'use server';

import { redirect } from 'next/navigation';
import { switchSingleKeys } from './single-keys';

/** About this browser alone: it asks for no permission. */
export async function switchKeys(form: FormData): Promise<void> {
  await switchSingleKeys(form.get('to') === 'off' ? 'off' : 'on');
  redirect('/keys');
}
