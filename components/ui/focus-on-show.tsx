'use client';

import { useEffect, useRef, type ReactNode } from 'react';

type FocusOnShowProps = {
  /** What it tells about: focus moves here again whenever this is another one. */
  of: unknown;
  className?: string;
  role?: 'alert';
  labelledBy?: string;
  children: ReactNode;
};

/** Takes the focus when it appears; `autofocus` does the same in a page without JavaScript. */
export function FocusOnShow({ of, className, role, labelledBy, children }: FocusOnShowProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [of]);

  return (
    <div ref={box} className={className} role={role} aria-labelledby={labelledBy} tabIndex={-1} autoFocus>
      {children}
    </div>
  );
}
