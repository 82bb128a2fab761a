'use client';

import { useEffect } from 'react';

/** Single keys of the slot panel, never while something is typed: 1 to 9 hold a slot, R reads the slots again. */
export function useKeys(refresh: () => unknown): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (/^[1-9]$/.test(event.key)) document.querySelector<HTMLButtonElement>(`[data-hold-key="${event.key}"]`)?.click();
      if (event.key === 'r') refresh();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [refresh]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
