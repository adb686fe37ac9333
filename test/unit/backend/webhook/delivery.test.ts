import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebhookDesk } from '../../../../src/backend/webhook/webhook-desk.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { answering, type Receiver, SECRET_CANARY, silent, startReceiver } from './receiver.ts';
import { NOW, openDesk, raised } from './webhook-bench.ts';

let receiver: Receiver;
let time: ManualTime;
let state: MemoryState;
let isOffline: boolean;
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  time = new ManualTime(NOW);
  state = new MemoryState();
  isOffline = false;
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await receiver.close();
});

async function open(timeoutMilliseconds = 10_000) {
  const opened = await openDesk({ state, time, timeoutMilliseconds, isOffline: () => isOffline });
  opened.desk.start();
  ends.push(() => opened.desk.stop());
  return opened;
}
const first = (desk: WebhookDesk) => desk.view().deliveries[0];
/** The clock goes on only when what is sent over the network has come to an end. */
async function tried(seconds: number, desk: WebhookDesk, tries: number): Promise<void> {
  await time.advance(seconds);
  await vi.waitFor(() => expect(first(desk)?.tries).toBe(tries));
  await settle();
}
const ids = () => receiver.received.map(({ headers }) => headers['idempotency-key']);

describe('an alert', () => {
  it('is posted once as JSON that says all of it, signed', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url, secret: SECRET_CANARY });
    await desk.announce(raised('a1'));
    await desk.announce(raised('a1'));
    await vi.waitFor(() => expect(first(desk)?.state).toBe('delivered'));
    await time.advance(7200);
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body, path }] = receiver.received as [Receiver['received'][number]];
    expect(path).toBe(new URL(receiver.url).pathname + new URL(receiver.url).search);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'a1' });
    const mac = createHmac('sha256', SECRET_CANARY).update(body).digest('hex');
    expect(headers['x-podwatt-signature']).toBe(`sha256=${mac}`);
    expect(JSON.parse(body)).toEqual({
      type: 'budget.alert',
      id: 'a1',
      budget: { id: 'b1', name: 'Shop', scope: 'namespace', key: 'shop' },
      cluster: { id: 'c0ffee00-0000-4000-8000-000000000001', name: 'prod' },
      period: { month: '2026-03', start: '2026-03-01T00:00:00Z', end: '2026-04-01T00:00:00Z' },
      threshold: '80',
      spent: 83.5,
      limit: 100,
      unit: 'EUR',
      forecast: { expected: 130, low: 120, high: 140, passed_on: '2026-03-21' },
      at: '2026-03-11T10:00:00Z',
    });
  });

  it('of carbon over all clusters, with too little data for a forecast, says so; without a secret nothing is signed', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    const { budget, outlook } = raised('a1');
    const team = { ...budget, scope: 'team', key: 'checkout', clusterId: null, unit: 'carbon' } as const;
    const few = { ...outlook, historyDays: 6 };
    await desk.announce(raised('a1', { budget: team, clusterName: null, currency: null, outlook: few }));
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
    const [message] = receiver.received;
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ cluster: null, unit: 'kg CO2e', forecast: null });
    expect(message?.headers['x-podwatt-signature']).toBeUndefined();
  });

  it('that was raised before there was a webhook, or after it went, is not posted', async () => {
    const { desk } = await open();
    await desk.announce(raised('early'));
    await desk.save({ url: receiver.url });
    await desk.announce(raised('a1'));
    await vi.waitFor(() => expect(first(desk)?.state).toBe('delivered'));
    await desk.remove();
    await desk.announce(raised('late'));
    await time.advance(7200);
    expect(ids()).toEqual(['a1']);
  });
});

describe('a receiver that fails', () => {
  it('is tried again with the same id and body, then left alone', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url, secret: SECRET_CANARY });
    receiver.answers.push(answering(500));
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    expect(first(desk)).toMatchObject({ state: 'waiting', nextTryAtSeconds: NOW + 60 });
    expect(first(desk)?.problem?.message).toBe('The webhook answered 500.');
    await time.advance(59);
    expect(receiver.received).toHaveLength(1);
    await tried(1, desk, 2);
    expect(first(desk)).toMatchObject({ state: 'delivered', problem: null });
    const [one, two] = receiver.received;
    expect(two?.body).toBe(one?.body);
    expect(ids()).toEqual(['a1', 'a1']);
    await time.advance(86_400);
    expect(receiver.received).toHaveLength(2);
  });

  it('is given up after five tries, said with what failed and when', async () => {
    const { desk, logged } = await open();
    await desk.save({ url: receiver.url });
    for (let count = 0; count < 6; count += 1) receiver.answers.push(answering(503));
    await desk.announce(raised('a1'));
    for (const [index, pause] of [0, 60, 240, 900, 2400].entries()) await tried(pause, desk, index + 1);
    expect(first(desk)).toMatchObject({ state: 'failed', tries: 5, lastTryAtSeconds: NOW + 3600, body: '' });
    expect(first(desk)?.problem?.message).toBe('The webhook answered 503.');
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
    await time.advance(86_400);
    expect(receiver.received).toHaveLength(5);
  });

  it('that asks for patience gets nothing at all until then', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    receiver.answers.push(answering(429, { 'retry-after': '700' }));
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    expect(first(desk)).toMatchObject({ nextTryAtSeconds: NOW + 700 });
    await desk.announce(raised('a2'));
    await time.advance(699);
    expect(receiver.received).toHaveLength(1);
    await time.advance(1);
    await vi.waitFor(() => expect(ids().sort()).toEqual(['a1', 'a1', 'a2']));
  });

  it('that never answers is waited for no longer than the time-out', async () => {
    const { desk } = await open(80);
    await desk.save({ url: receiver.url });
    receiver.answers.push(silent);
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    expect(first(desk)?.problem?.message).toBe('The webhook did not answer in time.');
    await tried(60, desk, 2);
    expect(first(desk)?.state).toBe('delivered');
  });

  it('that redirects is not followed', async () => {
    const other = await startReceiver();
    ends.push(() => other.close());
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    receiver.answers.push(answering(307, { location: other.url }));
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    expect(first(desk)?.problem?.message).toBe('The webhook answered 307.');
    expect(first(desk)?.problem?.hint).toContain('not followed');
    expect(other.received).toEqual([]);
  });

  it('that is gone is said, and holds up nobody who raises an alert', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    await receiver.close();
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    expect(first(desk)?.problem?.message).toBe('The webhook refused the connection.');
  });
});

describe('what waits', () => {
  it('stays over a restart, and what was delivered does not come again', async () => {
    const before = await open();
    await before.desk.save({ url: receiver.url, secret: SECRET_CANARY });
    await before.desk.announce(raised('a1'));
    await vi.waitFor(() => expect(first(before.desk)?.state).toBe('delivered'));
    receiver.answers.push(answering(500));
    await before.desk.announce(raised('a2'));
    await tried(0, before.desk, 1);
    await before.desk.stop();
    time.sleep(600);
    const { desk } = await open();
    await desk.announce(raised('a1'));
    await tried(0, desk, 2);
    await time.advance(7200);
    expect(ids()).toEqual(['a1', 'a2', 'a2']);
    expect(receiver.received[2]?.headers['x-podwatt-signature']).toBe(
      receiver.received[1]?.headers['x-podwatt-signature'],
    );
  });

  it('of a request that the stop cut off is sent again by the next start', async () => {
    const before = await open();
    await before.desk.save({ url: receiver.url });
    receiver.answers.push(silent);
    await before.desk.announce(raised('a1'));
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
    await before.desk.stop();
    const { desk } = await open();
    await vi.waitFor(() => expect(first(desk)?.state).toBe('delivered'));
    expect(ids()).toEqual(['a1', 'a1']);
    expect(first(desk)?.tries).toBe(1);
  });

  it('goes to a new address at once, with all its tries', async () => {
    const other = await startReceiver();
    ends.push(() => other.close());
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    receiver.answers.push(answering(404, { 'retry-after': '3000' }));
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    await desk.save({ url: other.url });
    await vi.waitFor(() => expect(other.received).toHaveLength(1));
    expect(receiver.received).toHaveLength(1);
  });

  it('waits while Podwatt works offline', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    isOffline = true;
    await desk.announce(raised('a1'));
    await time.advance(86_400);
    expect(receiver.received).toEqual([]);
    expect(first(desk)).toMatchObject({ state: 'waiting', tries: 0 });
    isOffline = false;
    desk.wake();
    await vi.waitFor(() => expect(first(desk)?.state).toBe('delivered'));
  });

  it('is dropped with the webhook', async () => {
    const { desk } = await open();
    await desk.save({ url: receiver.url });
    receiver.answers.push(answering(500));
    await desk.announce(raised('a1'));
    await tried(0, desk, 1);
    await desk.remove();
    expect(desk.view()).toEqual({ host: null, hasSecret: false, deliveries: [] });
    await desk.save({ url: receiver.url });
    await time.advance(7200);
    expect(receiver.received).toHaveLength(1);
  });
});
