import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figuresOf, partsOf, qualityOf, summaryTotalsOf, usageOf } from '../../../../src/backend/api/figures.ts';
import { groupName, rowKindOf } from '../../../../src/backend/api/group-names.ts';
import { wireError } from '../../../../src/backend/api/wire-errors.ts';
import { Figures, QualityShares } from '../../../../src/contract/schemas/figures.ts';
import type { GroupKey, Totals } from '../../../../src/core/ports/results-store.ts';
import { FAILURE_CODES, Failure } from '../../../../src/model/failure.ts';
import { ZERO_TOTALS } from '../../../fakes/backend/zero-sums.ts';

const amount = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e12, noNaN: true }));
const totals: fc.Arbitrary<Totals> = fc
  .record(Object.fromEntries(Object.keys(ZERO_TOTALS).map((key) => [key, amount])))
  .map((each) => ({ ...ZERO_TOTALS, ...each, podCount: 3, restartCount: 0 }));

describe('figures', () => {
  test('nothing is rounded', () => {
    const figures = figuresOf({ ...ZERO_TOTALS, co2eGrams: 1.234_567_890_123_4, joules: 0.1 + 0.2 });
    expect([figures.co2e_grams, figures.energy_joules]).toEqual([1.234_567_890_123_4, 0.1 + 0.2]);
  });

  test('the range of facility energy is that of IT energy, scaled', () => {
    const sums = { ...ZERO_TOTALS, joules: 100, joulesLow: 60, joulesHigh: 140, pueJoules: 150 };
    expect(figuresOf(sums)).toMatchObject({
      facility_energy_joules: 150,
      facility_energy_low_joules: 90,
      facility_energy_high_joules: 210,
    });
  });

  test('without energy there are no NaN', () => {
    expect(Object.values(figuresOf(ZERO_TOTALS)).every((value) => value === 0)).toBe(true);
    expect(summaryTotalsOf(ZERO_TOTALS)).toMatchObject({ mean_pue: null, mean_grid_intensity: null });
    expect(qualityOf(ZERO_TOTALS)).toEqual({ measured: 0, modelled: 0, default: 0 });
    expect(Object.values(usageOf(ZERO_TOTALS, 0))).toEqual([0, 0, 0, 0]);
  });

  test('parts are the four uses of power', () => {
    const sums = { ...ZERO_TOTALS, joulesDynamic: 1, joulesIdle: 2, joulesSystem: 3, joulesUnallocated: 4 };
    expect(partsOf(sums)).toEqual({ dynamic_joules: 1, idle_joules: 2, system_joules: 3, unallocated_joules: 4 });
  });

  test('any sums give figures and shares that the contract takes', () => {
    const property = fc.property(totals, (sums) => {
      Figures.parse(figuresOf(sums));
      const shares = QualityShares.parse(qualityOf(sums));
      if (sums.joules > 0) expect(shares.measured + shares.modelled + shares.default).toBeCloseTo(1, 9);
    });
    fc.assert(property, { numRuns: 100 });
  });
});

describe('names of groups', () => {
  const group: GroupKey = {
    key: 'Deployment/cart',
    clusterId: 'c1',
    namespace: 'shop',
    ownerKind: 'Deployment',
    ownerName: 'cart',
    node: null,
  };
  const scope = { clusters: [], filter: { clusterIds: [] } };
  const record = { id: 'c1', name: 'Production' } as (typeof scope.clusters)[number];

  test('a workload carries its namespace unless the filter names one', () => {
    expect(groupName(group, 'workload', scope)).toEqual({ key: 'shop/Deployment/cart', label: 'cart' });
    const filter = { clusterIds: [], namespace: 'shop' };
    expect(groupName(group, 'workload', { ...scope, filter }).key).toBe('Deployment/cart');
  });

  test('objects carry their cluster where several are in the answer; zones and teams do not', () => {
    const several = { ...scope, clusters: [record, record] };
    expect(groupName({ ...group, key: 'shop' }, 'namespace', several).key).toBe('c1/shop');
    expect(groupName({ ...group, key: 'FR' }, 'zone', several).key).toBe('FR');
    expect(groupName({ ...group, key: 'c1' }, 'cluster', { ...scope, clusters: [record] })).toEqual({
      key: 'c1',
      label: 'Production',
    });
  });

  test('volumes are on no node', () => {
    const none = { ...group, key: '', namespace: null, node: '' };
    expect(groupName(none, 'node', scope)).toEqual({ key: '', label: 'Volumes' });
    expect(groupName(none, 'team', scope).label).toBe('');
    expect([rowKindOf(none, 'node'), rowKindOf(none, 'team'), rowKindOf({ ...none, key: 'n1' }, 'node')]).toEqual([
      'volume',
      'pod',
      'pod',
    ]);
  });

  test('rows that are no pod are known by their namespace', () => {
    const kinds = ['__system__', '__unallocated__', '__storage__', 'shop', null].map((namespace) =>
      rowKindOf({ ...group, namespace }, 'namespace'),
    );
    expect(kinds).toEqual(['system', 'unallocated', 'volume', 'pod', 'pod']);
  });
});

test.each(FAILURE_CODES)('a failure "%s" has a status, keeps its hint and is never a 401', (code) => {
  const error = wireError(new Failure(code, 'What failed', { hint: 'What to do' }));
  expect([400, 403, 404, 409, 500, 503]).toContain(error.status);
  expect(error.data.failure).toBe(code);
  if (code === 'unexpected') expect(error.message).toBe('Internal error');
  else expect([error.message, error.data.hint]).toEqual(['What failed', 'What to do']);
});
