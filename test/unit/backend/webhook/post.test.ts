import { afterEach, beforeEach, expect, it } from 'vitest';
import { post } from '../../../../src/backend/webhook/post.ts';
import { type Receiver, startReceiver } from './receiver.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const options = { env: {}, isOffline: () => false, timeoutMilliseconds: 5000, signal: new AbortController().signal };

it('signs the body as RFC 2104 says', async () => {
  const message = { id: 'a1', body: 'The quick brown fox jumps over the lazy dog' };
  const outcome = await post({ url: receiver.url, secret: 'key' }, message, options);
  expect(outcome).toEqual({ ok: true, status: 204 });
  expect(receiver.received[0]?.headers['x-podwatt-signature']).toBe(
    'sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8',
  );
});

it.each([
  // Connecting to it would reach the receiver: it is another way to this computer, and no loopback address.
  ['http to what is not loopback', (port: string) => `http://0.0.0.0:${port}/`],
  ['https to metadata', () => 'https://169.254.169.254/latest'],
])('sends nothing by %s, whoever kept that address', async (_, urlOf) => {
  const url = urlOf(new URL(receiver.url).port);
  const outcome = await post({ url, secret: null }, { id: 'a1', body: '{}' }, options);
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'bad-input' }, retryAfterSeconds: null });
  expect(receiver.received).toEqual([]);
});

it('reads no more of an answer than it has to', async () => {
  receiver.answers.push((response) => void response.writeHead(500).end('x'.repeat(2_000_000)));
  const outcome = await post({ url: receiver.url, secret: null }, { id: 'a1', body: '{}' }, options);
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'too-large' } });
});

it('tells how long the receiver wants to be left alone', async () => {
  receiver.answers.push((response) => void response.writeHead(503, { 'retry-after': '120' }).end());
  const outcome = await post({ url: receiver.url, secret: null }, { id: 'a1', body: '{}' }, options);
  expect(outcome).toMatchObject({ ok: false, retryAfterSeconds: 120 });
});
