import { describe, expect, it } from 'vitest';
import { findCluster } from '../../../../src/backend/greenkube-import/find-cluster.ts';
import { KnownWindows } from '../../../../src/backend/greenkube-import/known-windows.ts';
import { NodeCourse } from '../../../../src/backend/greenkube-import/node-course.ts';
import { openGreenKube } from '../../../../src/backend/greenkube-import/open-source.ts';
import { Tally } from '../../../../src/backend/greenkube-import/tally.ts';
import type { GreenKubeBatch, GreenKubeNode } from '../../../../src/core/ports/greenkube-source.ts';
import type { TimeRange, WindowSeconds } from '../../../../src/model/time.ts';
import { sampleWindow } from '../../../contract/storage/sample-windows.ts';
import { clusterNamed } from '../../../contract/storage/savings/sample-recommendations.ts';
import { greenKubeNode, SEVEN } from '../../../fakes/greenkube/rows.ts';

describe('the cluster that is meant', () => {
  const clusters = [
    clusterNamed('id-1', 'prod'),
    clusterNamed('id-2', 'twin'),
    { ...clusterNamed('id-3', 'twin'), contextName: 'third' },
  ];

  it('is found by id, name or context', () => {
    expect(findCluster(clusters, 'id-2').id).toBe('id-2');
    expect(findCluster(clusters, 'prod').id).toBe('id-1');
    expect(findCluster(clusters, 'third').id).toBe('id-3');
  });

  it('is refused where several have the name, or none', () => {
    expect(() => findCluster(clusters, 'twin')).toThrow('2 clusters are called twin');
    expect(() => findCluster(clusters, 'dev')).toThrow('The store has no cluster dev');
    expect(() => findCluster([], 'dev')).toThrow(
      expect.objectContaining({
        code: 'not-found',
        hint: expect.stringContaining('Connect the cluster to Podwatt once'),
      }),
    );
  });
});

describe('the windows that a store has', () => {
  const has = (stored: readonly [number, WindowSeconds][]) => {
    const asked: TimeRange[] = [];
    const known = new KnownWindows(
      {
        listLedger: async (_, range) => {
          asked.push(range);
          return stored
            .filter(([start]) => start >= range.startSeconds && start < range.endSeconds)
            .map(([start, duration]) => ({
              ...sampleWindow(start, []).entry,
              window: { startSeconds: start, durationSeconds: duration },
            }));
        },
      },
      'c',
    );
    return { known, asked };
  };
  const five = (startSeconds: number) => ({ startSeconds, durationSeconds: 300 }) as const;

  it('are known by any part of their time', async () => {
    const { known } = has([
      [SEVEN, 3600],
      [SEVEN + 7200, 300],
    ]);
    expect(await known.has(five(SEVEN + 3300))).toBe(true);
    expect(await known.has(five(SEVEN + 3600))).toBe(false);
    expect(await known.has(five(SEVEN - 300))).toBe(false);
    expect(await known.has({ startSeconds: SEVEN + 7200, durationSeconds: 3600 })).toBe(true);
    expect(await known.has({ startSeconds: SEVEN + 3600, durationSeconds: 3600 })).toBe(false);
  });

  it('are asked for once a day', async () => {
    const { known, asked } = has([[SEVEN, 300]]);
    for (const start of [SEVEN, SEVEN + 300, SEVEN + 86_400]) await known.has(five(start));
    expect(asked).toHaveLength(2);
  });
});

describe('nodes as time goes on', () => {
  const courseOf = (batches: readonly GreenKubeBatch<GreenKubeNode>[]) => {
    const tally = new Tally();
    let isClosed = false;
    async function* give() {
      try {
        yield* batches;
      } finally {
        isClosed = true;
      }
    }
    return { course: new NodeCourse(give(), tally), tally, closed: () => isClosed };
  };
  const at = (atSeconds: number, name: string, cpuCapacityCores: number) =>
    ({ kind: 'taken', value: greenKubeNode({ atSeconds, name, cpuCapacityCores }) }) as const;

  it('are as they were last seen before an instant', async () => {
    const { course } = courseOf([[at(10, 'a', 1), at(20, 'b', 1)], [at(20, 'a', 2)], [at(30, 'a', 3)]]);
    const cores = async (instant: number) =>
      [...(await course.before(instant))].map(([name, { cpuCapacityCores }]) => [name, cpuCapacityCores]);
    expect(await cores(10)).toEqual([]);
    expect(await cores(11)).toEqual([['a', 1]]);
    expect(await cores(21)).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(await cores(99)).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
  });

  it('are all counted in the end, refused ones by reason', async () => {
    const { course, tally } = courseOf([
      [at(10, 'a', 1), { kind: 'refused', reason: 'x' }],
      [at(99, 'a', 2), { kind: 'refused', reason: 'x' }],
    ]);
    await course.before(50);
    await course.finish();
    expect([tally.taken, tally.refusedCount, [...tally.refused]]).toEqual([2, 2, [['x', 2]]]);
  });

  it('let go of the database where the import ends early', async () => {
    const { course, closed } = courseOf([[at(10, 'a', 1)], [at(99, 'a', 2)]]);
    await course.before(5);
    expect(closed()).toBe(false);
    await course.close();
    expect(closed()).toBe(true);
  });
});

describe('the database of a GreenKube', () => {
  it('is SQLite or PostgreSQL', async () => {
    const settings = {
      kind: 'elasticsearch',
      url: 'http://localhost:1',
      auth: { kind: 'none' },
      indexPrefix: 'greenkube',
      shards: 1,
      replicas: 0,
      verifyCertificates: true,
      certificateAuthority: null,
      requestTimeoutMilliseconds: 1,
    } as const;
    await expect(openGreenKube(settings)).rejects.toMatchObject({
      code: 'bad-input',
      message: 'A GreenKube on Elasticsearch can not be imported',
    });
  });
});
