import { beforeEach, describe, expect, it } from 'vitest';
import { BudgetDesk, type BudgetDraft } from '../../../../src/backend/budgets/budget-desk.ts';
import type { CostWorker } from '../../../../src/backend/costs/cost-worker.ts';
import type { FailureCode } from '../../../../src/model/failure.ts';
import { CLUSTER, OTHER_CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { at, CLUSTER_RECORD, CostFixture, costRow, hourWindow } from '../costs/cost-fixture.ts';

const DAY = 86_400;
let fixture: CostFixture;
let worker: CostWorker;

const desk = () => new BudgetDesk({ store: fixture.store, changes: fixture.changes, clock: fixture.time });
const codeOf = (work: Promise<unknown>): Promise<FailureCode | 'none'> =>
  work.then(
    () => 'none' as const,
    (error) => error.code,
  );
const draft: BudgetDraft = {
  name: 'Shop',
  scope: 'namespace',
  clusterId: CLUSTER,
  key: 'shop',
  unit: 'cost',
  limit: 100,
};

/** Whole days of the shop at 3 a day (of which 1 at 3 kg carbon), and of idle at 1. */
async function collect(first: string, days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 1) {
    const grams = { co2eGrams: 100, embodiedCo2eGrams: 25 };
    await fixture.write(
      hourWindow(at(first) + hour * 3600, [
        costRow('shop', 2 / 24, 1 / 24, grams),
        costRow('__unallocated__', 1 / 24, 0, grams),
      ]),
    );
  }
  await fixture.time.advance(days * 30);
}

beforeEach(async () => {
  fixture = new CostFixture('2026-03-11T00:00:00Z');
  fixture.addNamespace('shop', { teamName: 'checkout', costCenter: 'CC-7' });
  worker = fixture.worker();
  worker.start();
  await settle();
  return () => worker.stop();
});

describe('where a budget stands', () => {
  it('is what the cost rows of its month sum to, and goes on as before', async () => {
    await collect('2026-02-20T00:00:00Z', 19);
    const { outlook, currency } = await desk().create(draft);
    expect(currency).toBe('EUR');
    expect(outlook?.used).toBeCloseTo(30, 9);
    // The fixture's clock went on by some minutes of 11 March while the rows were written.
    expect(outlook?.expected).toBeCloseTo(93, 1);
    expect(outlook).toMatchObject({ month: '2026-03', daysWithData: 10, historyDays: 19, passedOn: null });
  });

  it('of carbon is operational and embodied, in kg; of a cluster with idle', async () => {
    await collect('2026-03-01T00:00:00Z', 10);
    const shop = await desk().create({ ...draft, unit: 'carbon' });
    expect(shop.outlook?.used).toBeCloseTo(10 * 24 * 0.125, 9);
    expect(shop.currency).toBeNull();
    const cluster = await desk().create({ ...draft, scope: 'cluster', key: null, unit: 'carbon' });
    expect(cluster.outlook?.used).toBeCloseTo(2 * 10 * 24 * 0.125, 9);
  });

  it('of a team or cost center is over all clusters', async () => {
    await collect('2026-03-01T00:00:00Z', 10);
    for (const part of [
      { scope: 'team', key: 'checkout' },
      { scope: 'cost-center', key: 'CC-7' },
    ] as const) {
      const state = await desk().create({ ...draft, ...part, clusterId: null });
      expect(state.outlook?.used).toBeCloseTo(30, 9);
    }
    const nobody = await desk().create({ ...draft, scope: 'team', key: 'nobody', clusterId: null });
    expect(nobody.outlook).toMatchObject({ used: 0, historyDays: 0 });
  });

  it('is listed for another month and cluster', async () => {
    await collect('2026-02-20T00:00:00Z', 19);
    await desk().create(draft);
    const [february] = await desk().list('2026-02', CLUSTER);
    expect(february?.outlook?.used).toBeCloseTo(27, 9);
    expect(february?.outlook?.expected).toBeCloseTo(27, 9);
    expect(await desk().list('2026-03', OTHER_CLUSTER)).toEqual([]);
  });

  it('says why it can’t be told', async () => {
    await desk().create({ ...draft, scope: 'team', key: 'checkout', clusterId: null });
    fixture.store.clusters.set(OTHER_CLUSTER, { ...CLUSTER_RECORD, id: OTHER_CLUSTER, currency: 'USD' });
    const [state] = await desk().list('2026-03', null);
    expect(state).toMatchObject({ outlook: null, problem: expect.stringContaining('different currencies') });
  });
});

describe('alerts', () => {
  it('are raised once each, over restarts', async () => {
    await collect('2026-03-01T00:00:00Z', 10);
    await desk().create({ ...draft, limit: 35 });
    const kinds = () => [...fixture.store.alertRows.values()].map(({ kind }) => kind).sort();
    expect(kinds()).toEqual(['50', '80', 'forecast']);
    expect(await desk().evaluate()).toEqual([]);
    await fixture.time.advance(3 * DAY);
    await collect('2026-03-11T00:00:00Z', 3);
    const raised = await desk().evaluate();
    expect(raised.map(({ kind, month }) => [kind, month])).toEqual([['100', '2026-03']]);
    expect(raised[0]?.used).toBeCloseTo(39, 9);
    expect(await Promise.all([desk().evaluate(), desk().evaluate()])).toEqual([[], []]);
    expect(kinds()).toEqual(['100', '50', '80', 'forecast']);
  });

  it('on the forecast wait for a week of data', async () => {
    await collect('2026-03-05T00:00:00Z', 6);
    await desk().create({ ...draft, limit: 60 });
    expect(fixture.store.alertRows.size).toBe(0);
    await fixture.time.advance(DAY);
    await collect('2026-03-11T00:00:00Z', 1);
    expect((await desk().evaluate()).map(({ kind }) => kind)).toEqual(['forecast']);
  });

  it('of the month before are still raised in the first days of the next', async () => {
    await collect('2026-03-01T00:00:00Z', 10);
    await desk().create({ ...draft, limit: 60 });
    await fixture.time.advance(22 * DAY);
    // It was 2 April when more of March came. Half of the limit was said before; April is expected to pass it, too.
    await collect('2026-03-11T00:00:00Z', 10);
    expect((await desk().evaluate()).map(({ kind, month }) => `${month} ${kind}`)).toEqual([
      '2026-03 80',
      '2026-03 100',
      '2026-04 forecast',
    ]);
  });

  it('have their budget, and are marked as seen', async () => {
    await collect('2026-03-01T00:00:00Z', 10);
    await desk().create({ ...draft, limit: 55 });
    const [first, second] = await desk().alerts(10);
    expect([first?.budget.name, second?.alert.kind]).toEqual(['Shop', expect.stringMatching(/50|forecast/)]);
    await desk().markSeen(first?.alert.id ?? '');
    const seen = (await desk().alerts(10)).filter(({ alert }) => alert.seenAtSeconds !== null);
    expect(seen.map(({ alert }) => alert.id)).toEqual([first?.alert.id]);
  });
});

describe('a change', () => {
  it('keeps what was not given, and counts at once', async () => {
    await collect('2026-03-01T00:00:00Z', 10);
    const { budget } = await desk().create(draft);
    const after = await desk().update(budget.id, { limit: 20 });
    expect(after.budget).toMatchObject({ name: 'Shop', key: 'shop', limit: 20 });
    expect(after.outlook?.passedOn).toBe('2026-03-07');
    await desk().remove(budget.id);
    expect(await desk().list('2026-03', null)).toEqual([]);
  });

  it.each([
    ['a namespace without a cluster', { clusterId: null }, 'bad-input'],
    ['a cluster with a key', { scope: 'cluster' }, 'bad-input'],
    ['a team without a name', { scope: 'team', key: ' ' }, 'bad-input'],
    ['a cluster that is not there', { clusterId: OTHER_CLUSTER }, 'not-found'],
    ['the same again', {}, 'conflict'],
  ] as const)('is refused for %s', async (_, part, code) => {
    await desk().create(draft);
    expect(await codeOf(desk().create({ ...draft, ...part }))).toBe(code);
  });

  it('of money over clusters with different currencies is refused', async () => {
    fixture.store.clusters.set(OTHER_CLUSTER, { ...CLUSTER_RECORD, id: OTHER_CLUSTER, currency: 'USD' });
    const team = { ...draft, scope: 'team', clusterId: null, key: 'checkout' } as const;
    expect(await codeOf(desk().create(team))).toBe('bad-input');
    expect(await codeOf(desk().create({ ...team, unit: 'carbon' }))).toBe('none');
  });

  it('of a budget that is not there is told', async () => {
    expect(await codeOf(desk().update('nope', { limit: 1 }))).toBe('not-found');
    expect(await codeOf(desk().remove('nope'))).toBe('not-found');
  });
});
