'use client';

import { useEffect, useState, type ComponentType } from 'react';

export type ShortcutDialog = ComponentType<{ close: () => void }>;

const TYPING = 'input, textarea, select, [contenteditable]';
const SERVICES = '[data-service-link]';

/**
 * The keys of every page. A link or button with `data-key` answers to that key, one with `data-command` is an action of the
 * palette: nothing is listed twice. Single keys can be switched off (WCAG 2.1.4), and never work while something is typed.
 */
export function Shortcuts({ areSingleKeysOn }: { areSingleKeysOn: boolean }) {
  const [Dialog, setDialog] = useState<ShortcutDialog | null>(null);
  useEffect(() => {
    function open(name: 'Palette' | 'KeyList') {
      // Its script is fetched when it is first asked for. Without an answer nothing opens, and the press can be repeated.
      void import('@/components/layout/palette').then(
        (dialogs) => setDialog(() => dialogs[name]),
        () => undefined,
      );
    }
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const hasModifier = event.ctrlKey || event.metaKey;
      if (hasModifier && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open('Palette');
      }
      if (!areSingleKeysOn || hasModifier || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') open('KeyList');
      else if (event.key.startsWith('Arrow')) walkServices(event);
      else if (/^[a-z1-9]$/i.test(event.key) && !event.repeat) document.querySelector<HTMLElement>(`[data-key="${event.key.toLowerCase()}"]`)?.click();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [areSingleKeysOn]);
  return (
    <>
      <span hidden data-single-keys={areSingleKeysOn ? 'on' : 'off'} />
      {Dialog ? <Dialog close={() => setDialog(null)} /> : null}
    </>
  );
}

/** Up and down go from service to service, from anywhere that has no use of its own for these keys; Enter then follows the link. */
function walkServices(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const services = [...document.querySelectorAll<HTMLElement>(SERVICES)];
  const isThere = document.activeElement === document.body || document.activeElement?.matches(`main, ${SERVICES}`);
  if (!step || !isThere || services.length === 0) return;
  event.preventDefault();
  const at = services.findIndex((service) => service === document.activeElement);
  const chosen = services.findIndex((service) => service.ariaCurrent === 'true');
  services[Math.min(Math.max((at < 0 ? chosen : at) + step, 0), services.length - 1)]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(TYPING);
}
