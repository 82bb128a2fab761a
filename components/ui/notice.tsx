import type { ReactNode } from 'react';
import { FocusOnShow } from '@/components/ui/focus-on-show';

export type NoticeTone = 'info' | 'warning' | 'refusal' | 'success';

const CLASSES: Record<NoticeTone, string> = {
  info: 'border-blue bg-selected',
  warning: 'border-amber bg-held',
  refusal: 'border-red bg-red-pale',
  success: 'border-green bg-green-pale',
};

type NoticeProps = {
  tone: NoticeTone;
  title: string;
  children?: ReactNode;
  focus?: boolean;
  /** With `focus`: what the notice is about, so that another one with the same title takes the focus again. */
  focusAgainFor?: unknown;
};

/** Something to know before going on. A refusal is announced at once; with `focus` it also takes the focus. */
export function Notice({ tone, title, children, focus, focusAgainFor = title }: NoticeProps) {
  const className = `mb-4 border-l-6 px-4 py-3 ${CLASSES[tone]}`;
  const role = tone === 'refusal' ? ('alert' as const) : undefined;
  const body = (
    <>
      <h2 className="mb-0 text-lead">{title}</h2>
      {children ? <div className="mt-1 last:mb-0">{children}</div> : null}
    </>
  );
  if (!focus) return <div className={className} role={role}>{body}</div>;
  return (
    <FocusOnShow of={focusAgainFor} className={className} role={role}>
      {body}
    </FocusOnShow>
  );
}
