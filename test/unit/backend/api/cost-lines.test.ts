import { beforeEach, describe, expect, it } from 'vitest';
import { namespaceCosts, teamCosts } from '../../../../src/backend/api/cost-lines.ts';
import type { CostWorker } from '../../../../src/backend/costs/cost-worker.ts';
import { CLUSTER, OTHER_CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { CLUSTER_RECORD, CostFixture, costRow, hourWindow } from '../costs/cost-fixture.ts';

let fixture: CostFixture;
let worker: CostWorker;
const deps = () => ({ store: fixture.store, clock: fixture.time });

beforeEach(async () => {
  fixture = new CostFixture('2026-03-02T00:00:00Z');
  fixture.addNamespace('shop', { teamName: 'checkout', costCenter: 'CC-7' });
  fixture.addNamespace('pay', { teamName: 'checkout' });
  fixture.addNamespace('tools');
  worker = fixture.worker();
  worker.start();
  await settle();
  await fixture.write(
    hourWindow('2026-03-01T10:00:00Z', [
      costRow('shop', 4, 1),
      costRow('pay', 3),
      costRow('tools', 2),
      costRow('__unallocated__', 6),
      costRow('__storage__', 0.5),
    ]),
  );
  // Of the month before.
  await fixture.write(hourWindow('2026-02-28T23:00:00Z', [costRow('shop', 100)]));
  await fixture.time.advance(60);
  return () => worker.stop();
});

describe('namespaces of a month', () => {
  it('are listed dearest first, what is nobody’s last, and sum to the results', async () => {
    const answer = await namespaceCosts({}, deps());
    expect(answer.lines.map(({ line, key, total_cost }) => [line, key, total_cost])).toEqual([
      ['namespace', 'shop', 5],
      ['namespace', 'pay', 3],
      ['namespace', 'tools', 2],
      ['storage', '__storage__', 0.5],
      ['idle', '__unallocated__', 6],
    ]);
    expect(answer).toMatchObject({ month: '2026-03', currency: 'EUR', total_cost: 16.5 });
    expect(answer.lines[0]).toMatchObject({ team: 'checkout', cost_center: 'CC-7', cpu_cost: 4, memory_cost: 1 });
    expect(answer.period).toEqual({ start: '2026-03-01T00:00:00Z', end: '2026-03-03T00:00:00Z' });
    expect(answer.coverage).toBeCloseTo(1 / 24, 2);
  });

  it('of another month and cluster', async () => {
    expect((await namespaceCosts({ month: '2026-02' }, deps())).total_cost).toBe(100);
    expect((await namespaceCosts({ month: '2027-01' }, deps())).lines).toEqual([]);
    await expect(namespaceCosts({ cluster: 'nope' }, deps())).rejects.toMatchObject({ code: 'not-found' });
    fixture.store.clusters.set(OTHER_CLUSTER, { ...CLUSTER_RECORD, id: OTHER_CLUSTER, currency: 'USD' });
    expect((await namespaceCosts({}, deps())).currency).toBe('XXX');
    expect((await namespaceCosts({ cluster: CLUSTER }, deps())).currency).toBe('EUR');
  });

  it('have their carbon also where no costs are written yet', async () => {
    await worker.stop();
    await fixture.write(hourWindow('2026-03-01T11:00:00Z', [costRow('new', 1, 0, { co2eGrams: 7 })]), false);
    const answer = await namespaceCosts({}, deps());
    expect(answer.lines.find(({ key }) => key === 'new')).toMatchObject({ total_cost: 0, co2e_grams: 7 });
    // What is missing in the sums is told, by namespace and by team.
    expect(answer).toMatchObject({ total_cost: 16.5, pending_cost: 1 });
    expect((await teamCosts({ by: 'team' }, deps())).pending_cost).toBe(1);
    expect((await namespaceCosts({ month: '2026-02' }, deps())).pending_cost).toBe(0);
  });
});

describe('teams of a month', () => {
  it('have the sums of their namespaces; none, idle and volumes are lines of their own', async () => {
    const answer = await teamCosts({ by: 'team' }, deps());
    expect(answer.lines.map(({ line, key, total_cost }) => [line, key, total_cost])).toEqual([
      ['team', 'checkout', 8],
      ['none', null, 2],
      ['storage', null, 0.5],
      ['idle', null, 6],
    ]);
    const namespaces = await namespaceCosts({}, deps());
    expect(answer.total_cost).toBeCloseTo(namespaces.total_cost, 12);
    expect(answer.co2e_grams).toBeCloseTo(namespaces.co2e_grams, 12);
  });

  it('or cost centers', async () => {
    const { lines } = await teamCosts({ by: 'cost-center' }, deps());
    expect(lines.map(({ line, key, total_cost }) => [line, key, total_cost])).toEqual([
      ['cost-center', 'CC-7', 5],
      ['none', null, 5],
      ['storage', null, 0.5],
      ['idle', null, 6],
    ]);
  });
});
