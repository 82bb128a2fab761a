import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decideEncoding, readText } from '@/lib/fhir/shared/body';
import { MAX_BODY_BYTES } from '@/lib/fhir/shared/limits';

const PATIENCE_MS = 5_000;
const TEXT = '{"resourceType":"Appointment","description":"Grüße"}';

test.each([
  ['gzip', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['identity', Buffer.from(TEXT)],
])('B-028: a body that is compressed with %s is read', async (encoding, bytes) => {
  expect(await readText(aRequest(bytes, { 'Content-Encoding': encoding }), PATIENCE_MS)).toEqual({ ok: true, value: TEXT });
});

test('B-028: a body of unsaid length is read', async () => {
  expect(await readText(aRequest(streamOf([TEXT.slice(0, 10), TEXT.slice(10)])), PATIENCE_MS)).toEqual({ ok: true, value: TEXT });
});

test('B-028: a compression that is not known is 415, and what is not compressed as it says is 400', async () => {
  expect(decideEncoding(aRequest(TEXT, { 'Content-Encoding': 'zstd' }))).toMatchObject({ ok: false, error: { status: 415 } });
  expect(decideEncoding(aRequest(TEXT, { 'Content-Encoding': 'constructor' }))).toMatchObject({ ok: false, error: { status: 415 } });
  expect(await readText(aRequest(TEXT, { 'Content-Encoding': 'gzip' }), PATIENCE_MS)).toMatchObject({ ok: false, error: { status: 400 } });
});

test('B-031: a body that says it has more than one megabyte is 413 before it is read', async () => {
  const request = aRequest(endless(), { 'Content-Length': String(MAX_BODY_BYTES + 1) });
  expect(await readText(request, PATIENCE_MS)).toMatchObject({ ok: false, error: { status: 413, issues: [{ code: 'too-long' }] } });
});

test('B-031: a body of unsaid length is 413 as soon as it is over one megabyte', async () => {
  expect(await readText(aRequest(endless()), PATIENCE_MS)).toMatchObject({ ok: false, error: { status: 413 } });
});

test.each([
  ['gzip', gzipSync(Buffer.alloc(50 * MAX_BODY_BYTES))],
  ['br', brotliCompressSync(Buffer.alloc(20 * MAX_BODY_BYTES))],
])('B-031: a bomb that is compressed with %s is 413', async (encoding, bytes) => {
  expect(bytes.length).toBeLessThan(MAX_BODY_BYTES);
  expect(await readText(aRequest(bytes, { 'Content-Encoding': encoding }), PATIENCE_MS)).toMatchObject({ ok: false, error: { status: 413 } });
});

test('B-027: a body that is not UTF-8 is 400', async () => {
  expect(await readText(aRequest(Uint8Array.of(0x7b, 0xff, 0xfe)), PATIENCE_MS)).toMatchObject({ ok: false, error: { status: 400, issues: [{ severity: 'fatal', code: 'structure' }] } });
});

test('a body that does not arrive in time is 408, one that breaks off is 400', async () => {
  expect(await readText(aRequest(new ReadableStream({ start: () => undefined })), 20)).toMatchObject({ ok: false, error: { status: 408 } });
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) });
  expect(await readText(aRequest(broken), PATIENCE_MS)).toMatchObject({ ok: false, error: { status: 400 } });
});

test('a request without a body has an empty one', async () => {
  expect(await readText(new Request('http://localhost/', { method: 'POST' }), PATIENCE_MS)).toEqual({ ok: true, value: '' });
});

function aRequest(body: RequestInit['body'], headers: Record<string, string> = {}): Request {
  // Node asks for `duplex` where a stream is sent; the types of the browser do not know it.
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://localhost/', init);
}

function streamOf(parts: readonly string[]): ReadableStream {
  return new Blob([...parts]).stream();
}

function endless(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
}
