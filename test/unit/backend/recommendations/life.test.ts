import { describe, expect, it } from 'vitest';
import { appliedNow, born, reopened, stepTo } from '../../../../src/backend/recommendations/life.ts';
import { OneAfterAnother } from '../../../../src/backend/recommendations/one-after-another.ts';
import { everythingOf, onEachPage, storedPages } from '../../../../src/backend/recommendations/stored-items.ts';
import { writeMerged } from '../../../../src/backend/recommendations/write-steps.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { applied, CLUSTER, finding, item, NOW } from './samples.ts';

describe('a life', () => {
  it('begins open, and each step of it is a line of its history', () => {
    const { item: first } = born(finding(), NOW);
    expect(first).toMatchObject({ status: 'active', foundAtSeconds: NOW, appliedAtSeconds: null, verification: null });
    const step = appliedNow(first, 'watched', NOW + 5);
    expect(step.item).toMatchObject({ status: 'applied', appliedAtSeconds: NOW + 5, foundAtSeconds: NOW });
    expect(step.change).toEqual({
      recommendationId: 'r1',
      clusterId: CLUSTER,
      atSeconds: NOW + 5,
      status: 'applied',
      reason: null,
      actual: null,
    });
    expect(stepTo(first, { status: 'stale' }, NOW + 9, 'gone').change).toMatchObject({
      status: 'stale',
      reason: 'gone',
    });
  });

  it('opens again without what was said of it before', () => {
    const said = applied({ actual: { cpu_request: 5 }, ignoreReason: 'no' });
    expect(reopened(said, NOW + 5, 'again').item).toEqual({
      ...said,
      status: 'active',
      updatedAtSeconds: NOW + 5,
      actual: null,
      ignoreReason: null,
      appliedAtSeconds: null,
      appliedBy: null,
    });
  });
});

describe('rows', () => {
  it('are written in pieces, each with the lines of its own rows', async () => {
    const pieces: [number, number][] = [];
    const items = Array.from({ length: 120 }, (_, index) => item({ id: `r${index}` }));
    const changes = items.flatMap((each) => born(each, NOW).change ?? []).slice(60);
    await writeMerged(CLUSTER, { items, changes }, 3, {
      putRecommendations: async (_cluster, rows, lines, epoch) => {
        pieces.push([rows.length, lines.length]);
        expect(epoch).toBe(3);
        expect(lines.every((line) => rows.some((row) => row.id === line.recommendationId))).toBe(true);
      },
    });
    expect(pieces).toEqual([
      [50, 0],
      [50, 40],
      [20, 20],
    ]);
  });

  it('are read page by page, to the last one', async () => {
    const store = new MemoryStore();
    for (let index = 0; index < 200; index += 1) store.recommendationRows.set(`r${index}`, item({ id: `r${index}` }));
    const sizes: number[] = [];
    for await (const page of storedPages(store, everythingOf([CLUSTER]))) sizes.push(page.length);
    expect(sizes).toEqual([100, 100]);
    const turns = new OneAfterAnother();
    const seen = new Set<string>();
    await onEachPage(
      CLUSTER,
      store,
      (work) => turns.do(work),
      async (page) => {
        for (const { id } of page) seen.add(id);
      },
    );
    expect(seen.size).toBe(200);
  });
});

it('work goes one after the other, also after a failure', async () => {
  const turns = new OneAfterAnother();
  const done: string[] = [];
  const first = turns.do(async () => {
    await Promise.resolve();
    done.push('first');
    throw new Error('broken');
  });
  const second = turns.do(async () => done.push('second'));
  await expect(first).rejects.toThrow('broken');
  await second;
  await turns.idle();
  expect(done).toEqual(['first', 'second']);
});
