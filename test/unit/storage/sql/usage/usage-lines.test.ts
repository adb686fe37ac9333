import { describe, expect, it } from 'vitest';
import { USAGE_COLUMNS, type UsageKey } from '../../../../../src/core/ports/usage-hours.ts';
import { PEAK_FIGURES, SUMMED_FIGURES } from '../../../../../src/storage/sql/usage/usage-columns.ts';
import {
  buffersOf,
  CPU_PEAK,
  checkUsageRange,
  FIGURES,
  MEMORY_PEAK,
  PODS,
  UsageLines,
} from '../../../../../src/storage/sql/usage/usage-lines.ts';

const HOUR = 3600;
const key = (part: Partial<UsageKey>): UsageKey => ({
  namespace: null,
  ownerKind: null,
  ownerName: null,
  team: null,
  node: null,
  ...part,
});

describe('lines of hours', () => {
  it('come by key, then hour, whatever key came first', () => {
    const lines = new UsageLines();
    const put = (of: number, hour: number, pods: number): void => {
      const { figures, at } = lines.add(of, hour);
      figures[at + PODS] = pods;
      figures[at + MEMORY_PEAK] = -pods;
    };
    put(1, 0, 10);
    put(0, 0, 20);
    put(2, 3, 30);
    put(0, 3, 40);
    put(1, 5, 50);
    const named = (namespace: string) => key({ namespace });
    const answer = lines.take([named('b'), named('c'), named('a')]);
    expect(answer.keys.map(({ namespace }) => namespace)).toEqual(['a', 'b', 'c']);
    expect([...answer.keyIndex]).toEqual([0, 1, 1, 2, 2]);
    expect([...answer.hourIndex]).toEqual([3, 0, 3, 0, 5]);
    expect([...answer.columns.podCount]).toEqual([30, 20, 40, 10, 50]);
    expect([...answer.columns.memoryPeakPodBytes]).toEqual([-30, -20, -40, -10, -50]);
    expect([...answer.columns.joules]).toEqual([0, 0, 0, 0, 0]);
    expect(lines.count).toBe(0);
  });

  it('are ordered by namespace, owner, team, node; what has none comes first', () => {
    const keys = [
      key({ namespace: 'shop', ownerKind: 'StatefulSet', ownerName: 'a' }),
      key({ namespace: 'shop', ownerKind: 'Deployment', ownerName: 'b', team: 'x' }),
      key({ namespace: 'shop', ownerKind: 'Deployment', ownerName: 'b' }),
      key({ namespace: 'Shop', ownerKind: 'Deployment', ownerName: 'z' }),
      key({ node: 'n2' }),
      key({ node: 'n10' }),
    ];
    expect(new UsageLines().take(keys).keys).toEqual([5, 4, 3, 2, 1, 0].map((place) => keys[place]));
  });

  it('are as many as there are, in pieces that are never copied', () => {
    const lines = new UsageLines();
    const first = lines.add(0, 0).figures;
    for (let hour = 1; hour < 10_000; hour += 1) {
      const { figures, at } = lines.add(0, hour);
      figures[at + CPU_PEAK] = hour;
    }
    first[CPU_PEAK] = 0.5;
    const { columns, hourIndex } = lines.take([key({ node: 'n' })]);
    expect(hourIndex).toHaveLength(10_000);
    expect(columns.cpuPeakPodMillicores.at(0)).toBe(0.5);
    expect(columns.cpuPeakPodMillicores.every((value, hour) => hour === 0 || value === hour)).toBe(true);
  });

  it('are the same where they are put together in steps, with other work in between', async () => {
    const [atOnce, inSteps] = [new UsageLines(), new UsageLines()];
    for (const lines of [atOnce, inSteps]) for (let hour = 0; hour < 9; hour += 1) lines.add(hour % 2, hour);
    const keys = [key({ node: 'b' }), key({ node: 'a' })];
    let others = 0;
    const work = setInterval(() => {
      others += 1;
    }, 0);
    expect(await inSteps.takeInSteps(keys)).toEqual(atOnce.take(keys));
    clearInterval(work);
    expect(others).toBeGreaterThan(0);
  });

  it('have a buffer a column, that can change hands', () => {
    const lines = new UsageLines();
    lines.add(0, 0);
    const answer = lines.take([key({ node: 'n' })]);
    const buffers = buffersOf(answer);
    expect(new Set(buffers).size).toBe(USAGE_COLUMNS.length + 2);
    const moved = structuredClone(answer, { transfer: buffers });
    expect(buffers.every(({ detached }) => detached)).toBe(true);
    expect(moved.columns.podCount).toEqual(new Float64Array(1));
  });
});

describe('figures of a line', () => {
  it('are each a sum or a peak of the roll-ups, but for the number of pods', () => {
    const places = [...SUMMED_FIGURES, ...PEAK_FIGURES].map(({ place }) => place);
    expect([...places, PODS].sort((a, b) => a - b)).toEqual(USAGE_COLUMNS.map((_, place) => place));
    expect(FIGURES).toBe(USAGE_COLUMNS.length);
    expect(PEAK_FIGURES.map(({ place, column }) => [USAGE_COLUMNS[place], column])).toEqual([
      ['cpuPeakPodMillicores', 'cpu_peak_millicores'],
      ['memoryPeakPodBytes', 'memory_peak_bytes'],
    ]);
    expect(SUMMED_FIGURES.find(({ name }) => name === 'pueJoules')).toMatchObject({ column: 'pue_joules' });
  });
});

describe('the time that is asked for', () => {
  const check = (startSeconds: number, endSeconds: number) => () =>
    checkUsageRange({ clusterId: 'c', by: 'node', range: { startSeconds, endSeconds } });

  it('is whole hours, none up to 31 days', () => {
    expect(check(0, 0)).not.toThrow();
    expect(check(HOUR, 31 * 24 * HOUR + HOUR)).not.toThrow();
  });

  it.each([
    ['more than 31 days', 0, 31 * 24 * HOUR + HOUR],
    ['a part of an hour at its start', 300, HOUR],
    ['a part of an hour at its end', 0, HOUR + 300],
    ['an end before its start', HOUR, 0],
  ])('is not %s', (_, start, end) => {
    expect(check(start, end)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
