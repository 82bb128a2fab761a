import type { ReactNode } from 'react';
import { CallBar } from '@/components/call/call-bar';
import { CallMenu } from '@/components/call/call-menu';
import { hasPermission } from '@/lib/auth/permissions';
import { callAround } from './call';

type CallLayoutProps = { children: ReactNode; strip: ReactNode; params: Promise<{ callId: string }> };

export default async function CallLayout({ children, strip, params }: CallLayoutProps) {
  const around = await callAround((await params).callId);
  if (!around) return children;

  const { ctx, call } = around;
  return (
    <>
      <CallBar call={call} now={ctx.now} />
      {strip}
      <CallMenu call={call} canReassign={hasPermission(ctx.actor, 'call:reassign')} canReadRecord={hasPermission(ctx.actor, 'call:read-record')} />
      {children}
    </>
  );
}
