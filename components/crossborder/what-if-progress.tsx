'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { progressWords } from '@/components/crossborder/what-if-words';
import { whatIfQuery, type FreshProgress } from '@/lib/crossborder/what-if.client';

/** How far a replay is, read again while it is at work; then the page shows what came out. */
export function WhatIfProgress({ whatIfId, first }: { whatIfId: string; first: FreshProgress }) {
  const { data } = useQuery(whatIfQuery(whatIfId, first));
  const router = useRouter();
  const isOver = data.state !== 'at-work';

  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);

  return (
    <>
      <label htmlFor="progress" className="tabular">
        {progressWords(data)}
      </label>
      <progress id="progress" className="block w-full" value={data.done} max={Math.max(data.total, 1)} />
    </>
  );
}
