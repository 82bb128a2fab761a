import { borderAdvice } from '@/components/crossborder/border-words';
import { Notice } from '@/components/ui/notice';
import type { BorderDecision } from '@/lib/crossborder/schema';

/** The border at the chosen service in full, before its slots: it is quiet where nothing is to be done. `isSomeOpen`: refused for its earliest slot, not for all. */
export function BorderPanel({ decision, isSomeOpen }: { decision: BorderDecision | undefined; isSomeOpen: boolean }) {
  const advice = decision ? borderAdvice(decision, isSomeOpen) : null;
  if (!advice) return null;
  const { title, todo, isInTheWay } = advice;
  if (isInTheWay) {
    return (
      <Notice tone="warning" title={title}>
        {todo}
      </Notice>
    );
  }
  return (
    <p className="mb-3 text-detail">
      <b>{title}.</b> {todo}
    </p>
  );
}
