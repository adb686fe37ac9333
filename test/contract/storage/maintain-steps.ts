import fc from 'fast-check';
import type { ResultRow } from '../../../src/model/results.ts';
import type { RetentionPolicy } from '../../../src/model/retention.ts';
import { sampleRow } from './sample-windows.ts';

/** What happens to a store between two looks at it. Days count back from the day it is by then. */
export type Step =
  | {
      readonly kind: 'write';
      readonly daysBack: number;
      readonly hour: number;
      readonly part: number;
      readonly rows: readonly ResultRow[];
    }
  | { readonly kind: 'repeat'; readonly pick: number; readonly how: 'same' | 'changed' | 'shrunken' }
  | { readonly kind: 'pass'; readonly hours: number }
  | { readonly kind: 'maintain'; readonly policy: RetentionPolicy; readonly isInterrupted: boolean }
  | {
      readonly kind: 'interrupt';
      readonly daysBack: number;
      readonly part: number;
      readonly afterMilliseconds: number;
      readonly rows: readonly ResultRow[];
    };

const amount = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }),
);

const row: fc.Arbitrary<ResultRow> = fc
  .record({
    kind: fc.constantFrom('pod', 'pod', 'pod', 'system'),
    pod: fc.constantFrom('a', 'b', 'c', 'd'),
    namespace: fc.constantFrom('shop', 'stage'),
    node: fc.constantFrom('n1', 'n2'),
    owner: fc.constantFrom(null, 'cart', 'pay'),
    joules: amount,
    co2eGrams: amount,
    totalCost: amount,
  })
  .map(({ kind, pod, namespace, node, owner, ...amounts }) => {
    const isPod = kind === 'pod';
    return sampleRow({
      ...amounts,
      rowKind: kind,
      podName: isPod ? pod : `${kind}/${node}`,
      namespace: isPod ? namespace : `__${kind}__`,
      node,
      ownerKind: isPod && owner !== null ? 'Deployment' : null,
      ownerName: isPod ? owner : null,
      team: isPod ? 'x' : null,
    });
  });

const rows = fc.uniqueArray(row, {
  minLength: 1,
  maxLength: 6,
  selector: (each) => `${each.namespace} ${each.podName} ${each.node}`,
});

export const POLICIES: readonly RetentionPolicy[] = [
  { rawDays: 3, podHourDays: 3, hourDays: 3, podDayDays: 3, dayDays: null },
  { rawDays: 3, podHourDays: 4, hourDays: 6, podDayDays: 5, dayDays: null },
  { rawDays: 4, podHourDays: 5, hourDays: 5, podDayDays: 7, dayDays: 9 },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      daysBack: fc.integer({ min: 0, max: 8 }),
      hour: fc.constantFrom(0, 5, 12, 23),
      part: fc.constantFrom(0, 1, 11),
      rows,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('repeat' as const),
      pick: fc.nat(99),
      how: fc.constantFrom('same', 'changed', 'shrunken'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('maintain' as const),
      policy: fc.constantFrom(...POLICIES),
      isInterrupted: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('interrupt' as const),
      daysBack: fc.integer({ min: 0, max: 4 }),
      part: fc.integer({ min: 2, max: 10 }),
      afterMilliseconds: fc.integer({ min: 0, max: 30 }),
      rows,
    }),
  },
);

export const schedule: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 4, maxLength: 14 });
