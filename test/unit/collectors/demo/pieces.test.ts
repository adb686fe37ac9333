import { describe, expect, test } from 'vitest';
import { instantOfLocalHour, localHourOfWeek, localOffsetSeconds } from '../../../../src/collectors/demo/calendar.ts';
import { coveredSeconds, gapOf } from '../../../../src/collectors/demo/coverage.ts';
import { positionAt } from '../../../../src/collectors/demo/profile-position.ts';
import { between, hashOf, nameSuffix, noiseOf, uuidOf } from '../../../../src/collectors/demo/seeded.ts';
import { loadDemoTables } from '../../../../src/collectors/demo/tables.ts';
import { DATA_DIR } from './sample.ts';

const at = (text: string) => Date.parse(text) / 1000;

describe('local time', () => {
  test.each([
    ['2026-01-15T12:00:00Z', 3600],
    ['2026-07-15T12:00:00Z', 7200],
    ['2026-03-29T00:59:59Z', 3600],
    ['2026-03-29T01:00:00Z', 7200],
    ['2026-10-25T00:59:59Z', 7200],
    ['2026-10-25T01:00:00Z', 3600],
  ])('at %s is %d s ahead of UTC', (text, offset) => {
    expect(localOffsetSeconds(at(text))).toBe(offset);
  });

  test.each([
    ['2026-03-08T23:00:00Z', 0],
    ['2026-03-09T11:30:00Z', 12.5],
    ['2026-03-15T22:30:00Z', 167.5],
  ])('%s is hour %d of the week', (text, hour) => {
    expect(localHourOfWeek(at(text))).toBe(hour);
  });

  test('one in the morning is an instant on each day, in winter and summer', () => {
    const day = (text: string) => Math.floor(at(text) / 86_400);
    expect(instantOfLocalHour(day('2026-01-15T00:00:00Z'), 1)).toBe(at('2026-01-15T00:00:00Z'));
    expect(instantOfLocalHour(day('2026-07-15T00:00:00Z'), 1)).toBe(at('2026-07-14T23:00:00Z'));
  });
});

describe('a profile', () => {
  const hours = Array.from({ length: 168 }, (_, hour) => (hour === 12 ? 1 : 0));

  test('has its value in the middle of the hour, and moves evenly to the next', () => {
    expect(positionAt(hours, at('2026-03-09T11:30:00Z'))).toBe(1);
    expect(positionAt(hours, at('2026-03-09T12:00:00Z'))).toBe(0.5);
    expect(positionAt(hours, at('2026-03-09T12:30:00Z'))).toBe(0);
  });

  test('goes from Sunday night to Monday morning', () => {
    const lastHour = Array.from({ length: 168 }, (_, hour) => (hour === 167 ? 1 : 0));
    expect(positionAt(lastHour, at('2026-03-15T23:00:00Z'))).toBe(0.5);
  });

  test('without hours is 0', () => {
    expect(positionAt([], at('2026-03-09T12:00:00Z'))).toBe(0);
  });
});

describe('seeded values', () => {
  test('depend on their arguments alone', () => {
    expect(noiseOf(hashOf('a'), 7)).toBe(noiseOf(hashOf('a'), 7));
    expect(noiseOf(hashOf('a'), 7)).not.toBe(noiseOf(hashOf('a'), 8));
    expect(noiseOf(hashOf('a'), 7)).not.toBe(noiseOf(hashOf('b'), 7));
  });

  test('are spread over 0 to 1', () => {
    const values = Array.from({ length: 5000 }, (_, step) => noiseOf(42, step));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    expect(mean).toBeGreaterThan(0.47);
    expect(mean).toBeLessThan(0.53);
  });

  test('make names that Kubernetes could have made', () => {
    expect(nameSuffix('x', 5)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(nameSuffix('x', 9)).not.toBe(nameSuffix('y', 9));
  });

  test('make well-formed UUIDs', () => {
    const ids = ['a', 'b', 'c'].map(uuidOf);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(3);
  });

  test('lie between two bounds', () => {
    expect([0, 0.5, 1].map((share) => between(10, 20, share))).toEqual([10, 15, 20]);
  });
});

describe('covered seconds', () => {
  const gap = { startSeconds: 1200, endSeconds: 2400 };
  const known = { startSeconds: 300, endSeconds: 6000 };

  test.each([
    [0, 300, 0],
    [300, 300, 300],
    [0, 3600, 2100],
    [1200, 300, 0],
    [2100, 300, 0],
    [2400, 300, 300],
    [3600, 3600, 2400],
    [7200, 3600, 0],
  ] as const)('from %d for %d s are %d', (startSeconds, durationSeconds, expected) => {
    expect(coveredSeconds({ startSeconds, durationSeconds }, gap, known)).toBe(expected);
  });

  test('the gap lies three days before the day', () => {
    expect(gapOf(864_000)).toEqual({ startSeconds: 608_400, endSeconds: 627_720 });
  });
});

describe("the sample's tables", () => {
  test('hold 33 workloads and six weeks of profiles', async () => {
    const { workloads, profiles } = await loadDemoTables(DATA_DIR);
    expect(workloads).toHaveLength(33);
    expect(profiles.size).toBe(6);
    for (const workload of workloads) expect(profiles.get(workload.profile)).toHaveLength(168);
  });

  test('give use in millicores, of requests or absolute', async () => {
    const { workloads } = await loadDemoTables(DATA_DIR);
    const named = (name: string) => workloads.find((workload) => workload.name === name);
    expect(named('registry')).toMatchObject({
      cpuLowMillicores: expect.closeTo(12.5, 9),
      cpuHighMillicores: 37.5,
      memoryBytes: null,
    });
    expect(named('no-requests-worker')).toMatchObject({
      cpuLowMillicores: expect.closeTo(18, 9),
      cpuHighMillicores: 180,
      cpuLimitMillicores: null,
      memoryLimitBytes: null,
      memoryBytes: 220 * 1_048_576,
    });
  });
});
