import { describe, expect, it } from 'vitest';
import { readClusterDays } from '../../../../src/backend/costs/cluster-days.ts';
import {
  AMOUNTS,
  addAmounts,
  monthLines,
  NO_AMOUNTS,
  withoutAmounts,
} from '../../../../src/backend/costs/month-lines.ts';
import { NamespaceNames } from '../../../../src/backend/costs/namespace-names.ts';
import { alertId, costRowId, placeholderId } from '../../../../src/backend/costs/stable-ids.ts';
import { rangeOfMonth } from '../../../../src/core/cost-attribution/calendar.ts';
import { CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { CostFixture, costRow, hourWindow } from './cost-fixture.ts';

const MARCH = rangeOfMonth('2026-03');
const grams = { co2eGrams: 900, embodiedCo2eGrams: 100 };

async function filled() {
  const fixture = new CostFixture('2026-03-03T00:00:00Z');
  fixture.addNamespace('shop', { teamName: 'checkout', costCenter: 'CC-7' });
  const worker = fixture.worker();
  worker.start();
  await settle();
  await fixture.write(
    hourWindow('2026-03-01T10:00:00Z', [costRow('shop', 2, 1, grams), costRow('__system__', 0, 0, grams)]),
  );
  await fixture.time.advance(60);
  await worker.stop();
  // Not attributed yet.
  await fixture.write(hourWindow('2026-03-02T10:00:00Z', [costRow('shop', 5, 0, grams)]), false);
  return { fixture, names: new NamespaceNames(fixture.store) };
}

describe('days of a cluster', () => {
  it('have carbon, cost and owner of each namespace, and how much was collected', async () => {
    const { fixture, names } = await filled();
    const { lines, coveredSeconds } = await readClusterDays(CLUSTER, MARCH, fixture.store, names);
    expect(lines).toHaveLength(3);
    expect(lines).toContainEqual({
      date: '2026-03-01',
      namespace: 'shop',
      carbonKilograms: 1,
      cost: 3,
      teamName: 'checkout',
      costCenter: 'CC-7',
    });
    // Its carbon is known before its costs, and goes to whom the days before went.
    expect(lines.find(({ date }) => date === '2026-03-02')).toMatchObject({
      carbonKilograms: 1,
      cost: 0,
      teamName: 'checkout',
    });
    expect(coveredSeconds.size).toBe(31);
    expect([coveredSeconds.get('2026-03-01'), coveredSeconds.get('2026-03-05')]).toEqual([3600, 0]);
  });

  it('of an empty range are none', async () => {
    const { fixture, names } = await filled();
    const empty = { startSeconds: MARCH.startSeconds, endSeconds: MARCH.startSeconds };
    expect((await readClusterDays(CLUSTER, empty, fixture.store, names)).lines).toEqual([]);
  });
});

describe('lines of a month', () => {
  it('are namespaces with costs and carbon; what is no namespace says so', async () => {
    const { fixture, names } = await filled();
    const lines = await monthLines(CLUSTER, MARCH, fixture.store, names);
    expect(lines.map(({ pendingCost }) => pendingCost)).toEqual([5, 0]);
    expect(lines.map(({ kind, namespace, costs, co2eGrams }) => [kind, namespace, costs.totalCost, co2eGrams])).toEqual(
      [
        ['namespace', 'shop', 3, 1800],
        ['system', '__system__', 0, 900],
      ],
    );
  });
});

describe('amounts', () => {
  const amounts = (size: number) => ({ ...NO_AMOUNTS, ...Object.fromEntries(AMOUNTS.map((field) => [field, size])) });

  it('are added up exactly, and taken apart again', () => {
    expect(addAmounts(Array.from({ length: 10 }, () => amounts(0.1)))).toEqual(amounts(1));
    expect(addAmounts([])).toEqual(NO_AMOUNTS);
    expect(withoutAmounts(amounts(3), amounts(1))).toEqual(amounts(2));
  });

  it('never leave a crumb, nor less than nothing', () => {
    expect(withoutAmounts(amounts(0.3), amounts(0.1 + 0.2))).toEqual(NO_AMOUNTS);
    expect(withoutAmounts(amounts(0.1 + 0.2), amounts(0.3))).toEqual(NO_AMOUNTS);
  });
});

it('ids are the same each time, and different for anything else', () => {
  const ids = [
    costRowId('ns', '2026-03-01', null),
    costRowId('ns', '2026-03-01', 0),
    costRowId('ns', '2026-03-02', 0),
    costRowId('other', '2026-03-01', 0),
    placeholderId('c1', 'shop'),
    placeholderId('c2', 'shop'),
    alertId('b', '2026-03', '50'),
    alertId('b', '2026-03', '80'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(costRowId('ns', '2026-03-01', 0)).toBe(ids[1]);
  // Fixed for ever: stored rows have it.
  expect(placeholderId('c1', 'shop')).toBe('7e250a83-71b0-5a82-8232-b389600860c7');
});
