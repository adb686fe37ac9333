import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences } from '../../../../scripts/methodology/compare.ts';
import { replayExamples } from '../../../../scripts/methodology/replay-file.ts';
import { REPLAYS } from '../../../../scripts/methodology/replays.ts';

interface Example {
  readonly id: string;
  readonly title: string;
  readonly inputs: unknown;
  readonly expected: unknown;
}

const file = join(import.meta.dirname, '../../../fixtures/methodology/worked_examples.json');
const examples: readonly Example[] = JSON.parse(readFileSync(file, 'utf8'));

describe('the worked examples of the methodology', () => {
  test.each(examples)('$id: $title', ({ id, inputs, expected }) => {
    expect(differences(expected, REPLAYS[id]?.(inputs))).toEqual([]);
  });

  test('are counted; what no replay exists for has failed', () => {
    expect(replayExamples(examples)).toEqual({ passed: 16, failed: 0, lines: ['16 passed, 0 failed'] });
    const report = replayExamples([...examples, { id: 'of_tomorrow', inputs: {}, expected: {} }]);
    expect(report).toMatchObject({ passed: 16, failed: 1 });
    expect(report.lines).toContain('  no replay has this id');
  });
});

describe('a replay', () => {
  test('of a wrong figure fails and names it', () => {
    const report = replayExamples([
      { id: 'operational', title: 't', inputs: { joules: 3.6e6, pue: 2, g_per_kwh: 10 }, expected: { gco2e: 21 } },
    ]);
    expect(report.lines).toEqual(['FAILED operational (t)', '  gco2e: expected 21, computed 20', '0 passed, 1 failed']);
  });

  test('of inputs that are not those of its id fails', () => {
    const report = replayExamples([{ id: 'curve', title: 't', inputs: { watts: 'many' }, expected: {} }]);
    expect(report.failed).toBe(1);
    expect(report.lines[1]).toContain('could not be replayed');
  });

  test('is not fooled by names that every object has', () => {
    expect(replayExamples([{ id: 'toString', title: 't', inputs: {}, expected: {} }]).failed).toBe(1);
  });

  test('of something else than a list of examples throws', () => {
    expect(() => replayExamples({ id: 'curve' })).toThrow();
  });

  test('of a node that is used beyond its reservations adds up', () => {
    const result = REPLAYS.attribution?.({
      watts: [10, 20, 40, 60],
      u: 1.4,
      cpu_alloc: 1,
      mem_alloc: 1,
      pods: [
        { name: 'a', cpu_req: 0, cpu_use: 3, mem_req: 0, mem_use: 2 },
        { name: 'b', cpu_req: 4, cpu_use: 1, mem_req: 1, mem_use: 0 },
      ],
    });
    expect(result).toMatchObject({ node_watts: 60, unallocated_w: 0 });
    expect(differences({ sum_w: 60 }, result)).toEqual([]);
  });

  test('of a node without pods leaves its idle power unallocated', () => {
    const result = REPLAYS.attribution?.({ watts: [10, 20, 40, 60], u: 0, cpu_alloc: 1, mem_alloc: 1, pods: [] });
    expect(result).toEqual({ node_watts: 10, pods: [], unallocated_w: 10, sum_w: 10 });
  });
});

describe('a replay of measured energy', () => {
  const kepler = (inputs: object) =>
    REPLAYS.kepler?.({
      pod_active_j: {},
      node_active_j: 0,
      node_idle_j: 0,
      reservation_share: {},
      rapl_to_wall: 1.3,
      ...inputs,
    });

  test('shares idle joules of reservations above 1', () => {
    const result = kepler({
      pod_active_j: { a: 100, b: 50, c: 0 },
      node_active_j: 200,
      node_idle_j: 400,
      reservation_share: { a: 1, b: 0.8, c: 0.2 },
      rapl_to_wall: 1.5,
    });
    expect(
      differences(
        { pod_wall_j: { a: 450, b: 315, c: 60 }, unallocated_and_system_wall_j: 75, node_wall_j: 900 },
        result,
      ),
    ).toEqual([]);
  });

  test('never gives pods more than the node has', () => {
    const result = kepler({ pod_active_j: { a: 300, b: 100 }, node_active_j: 200, rapl_to_wall: 1 });
    expect(result).toEqual({ pod_wall_j: { a: 150, b: 50 }, unallocated_and_system_wall_j: 0, node_wall_j: 200 });
  });

  test('knows pods of either input', () => {
    const result = kepler({
      pod_active_j: { busy: 10 },
      node_active_j: 10,
      node_idle_j: 100,
      reservation_share: { idle: 0.5 },
      rapl_to_wall: 1,
    });
    expect(result).toEqual({
      pod_wall_j: { busy: 10, idle: 50 },
      unallocated_and_system_wall_j: 50,
      node_wall_j: 110,
    });
  });

  test('of a node without pods leaves all to system and unallocated', () => {
    expect(kepler({ node_active_j: 30, node_idle_j: 70, rapl_to_wall: 1 })).toMatchObject({
      unallocated_and_system_wall_j: 100,
      node_wall_j: 100,
    });
  });
});

describe('a replay of contracts', () => {
  const inputs = { kwh: 10, location_g_per_kwh: 300, contract_share: 0.4, contract_g_per_kwh: 20 };

  test('takes the intensity of the place where no residual mix is known', () => {
    expect(REPLAYS.scope2_dual?.(inputs)).toEqual({ location_based_g: 3000, market_based_g: 80 + 1800 });
    expect(REPLAYS.scope2_dual?.({ ...inputs, residual_g_per_kwh: null })).toMatchObject({ market_based_g: 1880 });
  });

  test('of nothing is nothing', () => {
    expect(REPLAYS.scope2_dual?.({ ...inputs, kwh: 0 })).toEqual({ location_based_g: 0, market_based_g: 0 });
  });
});

test('a score without anything served is none', () => {
  expect(REPLAYS.sci?.({ kwh: 1, g_per_kwh: 10, M_g: 5, R: 0 })).toEqual({ O_g: 10, C_g: 15, sci_g_per_unit: null });
});

describe('figures agree', () => {
  test.each([
    [100, 100.009, true],
    [100, 100.02, false],
    [0, 1e-12, true],
    [0, 0.001, false],
    [1e9, 1e9 + 5e4, true],
    [-100, -100.005, true],
  ])('%d and %d: %s', (expected, computed, agrees) => {
    expect(differences(expected, computed).length === 0).toBe(agrees);
  });

  test('not with a missing key, a shorter list, another text or no number', () => {
    expect(differences({ a: 1 }, {})).toEqual(['a: expected 1, computed undefined']);
    expect(differences([1, 2], [1])).toHaveLength(1);
    expect(differences({ a: 'x' }, { a: 'y' })).toHaveLength(1);
    expect(differences(1, Number.NaN)).toHaveLength(1);
    expect(differences(1, '1')).toHaveLength(1);
    expect(differences([{ a: { b: 1 } }], [{ a: { b: 2 } }])).toEqual(['[0].a.b: expected 1, computed 2']);
    expect(differences({ a: 1 }, 7)).toHaveLength(1);
    expect(differences([1], 'x')).toHaveLength(1);
  });

  test('where more is computed than expected', () => {
    expect(differences({ a: 1 }, { a: 1, b: 2 })).toEqual([]);
  });
});
