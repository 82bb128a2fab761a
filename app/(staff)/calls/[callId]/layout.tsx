import type { ReactNode } from 'react';
import { CallBar } from '@/components/call/call-bar';
import { openCall } from './call';

type CallLayoutProps = { children: ReactNode; params: Promise<{ callId: string }> };

export default async function CallLayout({ children, params }: CallLayoutProps) {
  const { ctx, call } = await openCall((await params).callId);
  return (
    <>
      <CallBar call={call} now={ctx.now} />
      {children}
    </>
  );
}
