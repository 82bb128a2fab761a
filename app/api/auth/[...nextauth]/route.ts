import type { NextRequest } from 'next/server';
import { askNextAuth } from '@/lib/auth/config';

type Context = { params: Promise<{ nextauth: string[] }> };

async function answer(request: NextRequest, { params }: Context): Promise<Response> {
  return askNextAuth(request, (await params).nextauth);
}

export { answer as GET, answer as POST };
