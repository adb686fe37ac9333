import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Dimension, type ResultFilter } from '../../../src/core/ports/results-store.ts';
import type { ResultRow, WindowResult } from '../../../src/model/results.ts';
import { POWER_SOURCES } from '../../../src/model/sources.ts';
import { itemIdOf, ReferenceStore } from './reference.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, SOURCES, sampleRow, sampleWindow } from './sample-windows.ts';
import { expectSame, type OpenStore } from './store-fixture.ts';

const amount = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }),
);
const name = fc.constantFrom('a', 'b', 'c', 'd');

const row: fc.Arbitrary<ResultRow> = fc
  .record({
    kind: fc.constantFrom('pod', 'pod', 'pod', 'system', 'unallocated', 'volume'),
    pod: name,
    namespace: fc.constantFrom('shop', 'stage'),
    node: fc.constantFrom('n1', 'n2'),
    owner: fc.constantFrom(null, 'cart', 'pay'),
    team: fc.constantFrom(null, 'x', 'y'),
    zone: fc.constantFrom('FR', 'BE'),
    power: fc.constantFrom(...POWER_SOURCES),
    joules: amount,
    co2eGrams: amount,
    totalCost: amount,
    memoryUsageBytes: amount,
  })
  .map(({ kind, pod, namespace, node, owner, team, zone, power, ...amounts }) => {
    const isPod = kind === 'pod';
    return sampleRow({
      ...amounts,
      rowKind: kind,
      podName: isPod ? pod : `${kind}/${node}`,
      namespace: isPod ? namespace : `__${kind}__`,
      node,
      ownerKind: isPod && owner !== null ? 'Deployment' : null,
      ownerName: isPod ? owner : null,
      team: isPod ? team : null,
      emapsZone: zone,
      sources: { ...SOURCES, power },
    });
  });

const rows = fc.uniqueArray(row, {
  maxLength: 7,
  selector: (each) => `${each.namespace} ${each.podName} ${each.node}`,
});

/** Writes at times around two midnights: hours of one window and hours of twelve; repeats, late ones and shrinking ones. */
const schedule: fc.Arbitrary<WindowResult[]> = fc
  .array(fc.tuple(fc.integer({ min: -3, max: 27 }), fc.integer({ min: 0, max: 11 }), rows), {
    minLength: 1,
    maxLength: 14,
  })
  .map((writes) =>
    writes.map(([hour, part, content]) => {
      const isHourly = hour % 3 === 0;
      const start = NEW_YEAR + DAY + hour * HOUR + (isHourly ? 0 : part * 300);
      const state = content.length === 0 ? ('no-data' as const) : ('whole' as const);
      return sampleWindow(start, content, { durationSeconds: isHourly ? 3600 : 300, entry: { state } });
    }),
  );

const question: fc.Arbitrary<{ filter: ResultFilter; by: Dimension; start: number; steps: number }> = fc.record({
  filter: fc.record(
    {
      clusterIds: fc.constant([CLUSTER]),
      namespace: fc.constantFrom('shop', '__system__'),
      node: fc.constantFrom('n1', 'n2'),
      team: fc.constantFrom('x', ''),
      workload: fc.constantFrom('Deployment/cart', 'Pod/a'),
      pod: name,
    },
    { requiredKeys: ['clusterIds'] },
  ),
  by: fc.constantFrom(...DIMENSIONS),
  start: fc.integer({ min: -40, max: 320 }),
  steps: fc.integer({ min: 1, max: 330 }),
});

/** Any schedule of writes and any question agree with adding rows up one by one. */
export function propertiesContract(title: string, open: OpenStore, runs: number): void {
  describe(`${title}: any schedule of writes`, () => {
    it('answers as the simplest store does, at window, hour and day level', { timeout: 240_000 }, async () => {
      // One store for all runs: a cluster is deleted before the next run, as opening is slow and deleting is tested too.
      const { store, remove } = await open();
      try {
        await fc.assert(
          fc.asyncProperty(schedule, fc.array(question, { minLength: 4, maxLength: 4 }), async (windows, questions) => {
            await store.deleteCluster(CLUSTER);
            const reference = new ReferenceStore();
            for (const window of windows) {
              reference.replace(window);
              await store.replaceWindow(window, 1);
            }
            for (const { filter, by, start, steps } of questions) {
              const range = {
                startSeconds: NEW_YEAR + DAY + start * 300,
                endSeconds: NEW_YEAR + DAY + (start + steps) * 300,
              };
              const total = reference.totals(filter, range);
              const hasRows = reference.rowsIn(filter, range).length > 0;
              expectSame(await store.totals(filter, range), hasRows ? total : { ...total, podCount: 0 });
              const page = {
                range,
                filter,
                by,
                sort: 'name' as const,
                descending: false,
                limit: 100,
                offset: 0,
                search: null,
              };
              const answer = await store.breakdown(page);
              const expected = reference.groups(filter, range, by);
              expect(answer.groupCount).toBe(expected.size);
              for (const item of answer.items) {
                const group = expected.get(itemIdOf(item, by));
                expect(group, itemIdOf(item, by)).toBeDefined();
                if (group !== undefined) expectSame(item, group);
              }
            }
          }),
          { numRuns: runs },
        );
      } finally {
        await remove();
      }
    });
  });
}
