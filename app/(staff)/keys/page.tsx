import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { staffCtx } from '@/lib/auth/session';
import { switchKeys } from './actions';
import { areSingleKeysOn } from './single-keys';

export const metadata: Metadata = { title: 'Keys' };

const GROUPS = [
  {
    title: 'On every page',
    keys: [
      ['Ctrl K', 'Every action of the page: type part of its name, Enter does it'],
      ['?', 'The keys of the page'],
      ['N', 'New call'],
      ['M', 'My calls'],
      ['F', 'Find an appointment'],
    ],
  },
  {
    title: 'In a call',
    keys: [
      ['S', 'Services'],
      ['C', 'Check and book the slot that is held'],
      ['E', 'Extend the hold, once'],
      ['L', 'Let the slot go'],
    ],
  },
  {
    title: 'In the lists of services and slots',
    keys: [
      ['↑ ↓', 'The service above, the service below; Enter shows its slots'],
      ['1 to 9', 'Hold that slot; when a slot has just gone, the ones offered instead come first'],
      ['R', 'Read the lists again'],
    ],
  },
] as const;

export default async function KeysPage() {
  await staffCtx('/keys');
  const isOn = await areSingleKeysOn();
  return (
    <div className="mx-auto max-w-form">
      <h1 className="nhsuk-heading-l mb-2">Keys</h1>
      <p>Everything can be done with the keyboard alone: Tab goes from control to control, Enter and Space use it. These are shortcuts.</p>
      <Notice tone="info" title={isOn ? 'Single keys are on' : 'Single keys are off'}>
        <form action={switchKeys}>
          <input type="hidden" name="to" value={isOn ? 'off' : 'on'} />
          <p className="mb-2">
            {isOn
              ? 'They never work while you type. Switch them off if you speak to the computer, or press keys by mistake.'
              : 'Only Ctrl K works, and the keys of your browser.'}{' '}
            This is kept on this browser.
          </p>
          <Button variant="secondary" data-command={isOn ? 'Switch single keys off' : 'Switch single keys on'}>
            {isOn ? 'Switch single keys off' : 'Switch single keys on'}
          </Button>
        </form>
      </Notice>
      {GROUPS.map(({ title, keys }) => (
        <KeyTable key={title} title={title} keys={keys} />
      ))}
    </div>
  );
}

function KeyTable({ title, keys }: { title: string; keys: readonly (readonly [key: string, words: string])[] }) {
  return (
    <table className="mb-4 w-full border border-line bg-panel">
      <caption className="mb-1 text-left font-bold">{title}</caption>
      <tbody>
        {keys.map(([key, words]) => (
          <tr key={key}>
            <th scope="row" className="w-24 py-1 pl-4 text-left font-normal tabular">
              <span className="keycap">{key}</span>
            </th>
            <td className="py-1">{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
