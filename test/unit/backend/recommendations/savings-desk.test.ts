import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { deskBench } from './desk-bench.ts';
import { applied, CLUSTER, DAY, item, NOW } from './samples.ts';

const code = (value: string) => expect.objectContaining({ code: value });

describe('what people say', () => {
  it('is written with its history, and told', async () => {
    const bench = await deskBench();
    await bench.put(item());
    const after = await bench.savings.ignore('r1', 'needed at night', NOW + DAY);
    expect(after).toMatchObject({ status: 'ignored', ignoredUntilSeconds: NOW + DAY });
    expect(bench.store.recommendationRows.get('r1')).toEqual(after);
    expect(await bench.store.statusChanges('r1')).toMatchObject([{ status: 'ignored', reason: 'needed at night' }]);
    expect(bench.told).toEqual(['recommendations']);
    expect((await bench.savings.unignore('r1')).status).toBe('active');
    expect((await bench.savings.apply('r1', { cpu_request: 650 }, 'by hand')).actual).toEqual({ cpu_request: 650 });
  });

  it('is of all or none', async () => {
    const bench = await deskBench();
    await bench.put(item(), applied({ id: 'r2' }));
    await expect(bench.savings.ignoreMany(['r1', 'r2'], '', null)).rejects.toThrow(code('conflict'));
    expect(bench.store.recommendationRows.get('r1')?.status).toBe('active');
    await bench.put(item({ id: 'r2' }));
    expect(await bench.savings.ignoreMany(['r1', 'r2', 'r1'], '', null)).toHaveLength(2);
  });

  it('is refused of what nobody knows', async () => {
    const bench = await deskBench();
    for (const said of [
      bench.savings.apply('nope', {}, null),
      bench.savings.ignore('nope', '', null),
      bench.savings.unignore('nope'),
    ]) {
      await expect(said).rejects.toThrow(code('not-found'));
    }
  });

  it('is refused where another one writes the cluster, or nobody may, or nothing answers', async () => {
    const bench = await deskBench();
    await bench.put(item());
    await bench.store.takeLease({ clusterId: CLUSTER, holder: 'x', holderName: 'host-2', durationSeconds: 60 });
    await expect(bench.savings.ignore('r1', '', null)).rejects.toThrow('host-2');
    await expect(bench.savings.ignore('r1', '', null)).rejects.toThrow(code('conflict'));
    bench.store.status = { state: 'read-only' };
    await expect(bench.savings.ignore('r1', '', null)).rejects.toThrow(code('store'));
    bench.store.failWith = new Failure('store-away', 'The results store is away');
    await expect(bench.savings.ignore('r1', '', null)).rejects.toThrow(code('store-away'));
    bench.store.failWith = null;
    expect(bench.store.recommendationRows.get('r1')).toEqual(item());
  });
});
