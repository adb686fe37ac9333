import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BudgetDesk } from '../../../../src/backend/budgets/budget-desk.ts';
import type { WebhookDesk } from '../../../../src/backend/webhook/webhook-desk.ts';
import { CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { testBackend } from '../../../fakes/backend/test-backend.ts';
import { at, CostFixture, costRow, hourWindow } from '../costs/cost-fixture.ts';
import { type Receiver, SECRET_CANARY, startReceiver } from './receiver.ts';
import { openDesk } from './webhook-bench.ts';

let receiver: Receiver;
let fixture: CostFixture;
let webhook: WebhookDesk;
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  fixture = new CostFixture('2026-03-11T00:00:00Z');
  fixture.addNamespace('shop');
  const worker = fixture.worker();
  worker.start();
  await settle();
  // Ten days of the shop at 3 a day.
  for (let hour = 0; hour < 240; hour += 1) {
    await fixture.write(hourWindow(at('2026-03-01T00:00:00Z') + hour * 3600, [costRow('shop', 3 / 24)]));
  }
  await fixture.time.advance(300);
  webhook = (await openDesk({ time: fixture.time })).desk;
  webhook.start();
  ends.push(
    () => receiver.close(),
    () => webhook.stop(),
    () => worker.stop(),
  );
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const desk = () =>
  new BudgetDesk({
    store: fixture.store,
    changes: fixture.changes,
    clock: fixture.time,
    announce: (raised) => webhook.announce(raised),
  });
const draft = {
  name: 'Shop',
  scope: 'namespace',
  clusterId: CLUSTER,
  key: 'shop',
  unit: 'cost',
  limit: 35,
} as const;

it('each alert that the budgets raise is posted, once, whoever looks again', async () => {
  await webhook.save({ url: receiver.url });
  await desk().create(draft);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3));
  const bodies = receiver.received.map(({ body }) => JSON.parse(body));
  expect(bodies.map(({ threshold }) => threshold).sort()).toEqual(['50', '80', 'forecast']);
  for (const body of bodies) {
    expect(body).toMatchObject({
      type: 'budget.alert',
      cluster: { id: CLUSTER, name: 'prod' },
      period: { month: '2026-03' },
      limit: 35,
      unit: 'EUR',
    });
    expect(body.spent).toBeCloseTo(30, 9);
    expect(body.forecast.expected).toBeGreaterThan(80);
  }
  const stored = [...fixture.store.alertRows.values()].map(({ id }) => id);
  expect(receiver.received.map(({ headers }) => headers['idempotency-key']).sort()).toEqual(stored.sort());
  await desk().evaluate();
  await fixture.time.advance(7200);
  expect(receiver.received).toHaveLength(3);
});

it('alerts are raised in the app all the same while the webhook is away', async () => {
  await webhook.save({ url: receiver.url });
  await receiver.close();
  await desk().create(draft);
  expect(await desk().evaluate()).toEqual([]);
  expect(fixture.store.alertRows.size).toBe(3);
});

it('the whole backend posts them, and says in its settings and log that they arrived', async () => {
  const secretsKey = async () => new Uint8Array(32).fill(3);
  const { store, time } = fixture;
  const { backend, client, logged } = await testBackend({ store, time, secretsKey, env: {}, clusters: [] });
  ends.push(() => backend.stop());
  await backend.start();
  await client.webhook.save({ url: receiver.url, secret: SECRET_CANARY });
  await client.budgets.create({ ...draft, cluster: CLUSTER });
  await vi.waitFor(async () => {
    const { deliveries } = await client.webhook.get();
    expect(deliveries.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      '50 delivered',
      '80 delivered',
      'forecast delivered',
    ]);
  });
  const alerts = (await client.budgets.alerts({})).alerts.map(({ id }) => id);
  expect(receiver.received.map(({ headers }) => headers['idempotency-key']).sort()).toEqual(alerts.sort());
  expect(logged.map(({ message }) => message)).toContain('An alert was delivered to the webhook');
  expect(JSON.stringify(logged)).not.toMatch(/CANARY/);
});
