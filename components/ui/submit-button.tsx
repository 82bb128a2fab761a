'use client';

import type { MouseEvent, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button, type ButtonVariant } from '@/components/ui/button';

type SubmitButtonProps = {
  children: ReactNode;
  variant?: ButtonVariant;
  /** Shown while the answer is awaited. */
  pendingWords?: string;
  name?: string;
  value?: string;
  formAction?: (form: FormData) => void | Promise<void>;
};

/** Sends its form once: pressed again while the answer is awaited, it does nothing. It stays focusable meanwhile. */
export function SubmitButton({ children, pendingWords, ...button }: SubmitButtonProps) {
  const { pending } = useFormStatus();

  function ignoreWhilePending(event: MouseEvent) {
    if (pending) event.preventDefault();
  }

  return (
    <Button {...button} aria-disabled={pending || undefined} onClick={ignoreWhilePending}>
      {pending && pendingWords ? pendingWords : children}
    </Button>
  );
}
