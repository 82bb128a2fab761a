'use client';

import type { MouseEvent, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button, type ButtonVariant } from '@/components/ui/button';

type SubmitButtonProps = {
  children: ReactNode;
  variant?: ButtonVariant;
  /** Shown while the answer is awaited; of several named buttons only on the one that was pressed. */
  pendingWords?: string;
  name?: string;
  value?: string;
  formAction?: (form: FormData) => void | Promise<void>;
};

/** Sends its form once: pressed again while the answer is awaited, it does nothing. It stays focusable meanwhile. */
export function SubmitButton({ children, pendingWords, ...button }: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const isPressed = pending && (!button.name || data.get(button.name) === button.value);

  function ignoreWhilePending(event: MouseEvent) {
    if (pending) event.preventDefault();
  }

  return (
    <Button {...button} aria-disabled={pending || undefined} onClick={ignoreWhilePending}>
      {isPressed && pendingWords ? pendingWords : children}
    </Button>
  );
}
