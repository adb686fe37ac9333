import { describe, expect, it } from 'vitest';
import { importWindows } from '../../../src/backend/greenkube-import/import-windows.ts';
import { openGreenKube } from '../../../src/backend/greenkube-import/open-source.ts';
import { history, LATER } from '../../fakes/greenkube/history.ts';
import { GreenKubeWorld } from './greenkube-world.ts';

const world = new GreenKubeWorld();

describe('an import that can not be', () => {
  it('is refused while another one writes the cluster, and writes nothing', async () => {
    world.fill(history().tables);
    const { clusterId } = world;
    const request = { clusterId, holder: 'other', holderName: 'laptop-9 (pid 7)', durationSeconds: 60 };
    await world.store.takeLease(request);
    await expect(world.run()).rejects.toMatchObject({
      code: 'conflict',
      message: 'laptop-9 (pid 7) writes the windows of this cluster',
    });
    expect(await world.ledger()).toEqual([]);
  });

  it('gives its lease back', async () => {
    world.fill({});
    expect((await world.run()).windows.written).toBe(0);
    expect((await world.store.listLeases()).filter((lease) => lease.clusterId === world.clusterId)).toEqual([]);
  });

  it('stops where it is taken over, and leaves the rest', async () => {
    world.fill(history().tables);
    const opened = await openGreenKube({ kind: 'sqlite', file: world.source });
    const { clusterId, store } = world;
    const lease = { clusterId, holder: 'me', holderName: 'me', durationSeconds: 60 };
    const answer = await store.takeLease(lease);
    if (answer.kind === 'refused') throw new Error('the lease was not free');
    const { epoch } = answer.lease;
    let windowsWritten = 0;
    const outcome = importWindows({
      source: opened,
      clusterId,
      nowSeconds: LATER,
      onProgress: () => undefined,
      signal: new AbortController().signal,
      right: {
        epoch,
        lost: new AbortController().signal,
        confirm: async () => (await store.listLeases()).find((each) => each.clusterId === clusterId)?.holder === 'me',
      },
      store: {
        listLedger: (id, range) => store.listLedger(id, range),
        replaceWindow: async (result, under) => {
          // As if this process had slept past its lease: another one was granted it.
          if (windowsWritten === 3) {
            await store.releaseLease(answer.lease);
            await store.takeLease({ ...lease, holder: 'other' });
          }
          await store.replaceWindow(result, under);
          windowsWritten += 1;
        },
      },
    });
    await expect(outcome).rejects.toMatchObject({
      code: 'conflict',
      message: 'Another Podwatt took over this cluster during the import',
    });
    await opened.close();
    expect(await world.ledger()).toEqual(history().windows.slice(0, 3));
  });

  it('can be stopped, and goes on with the next run', async () => {
    const { tables, counted } = history();
    world.fill(tables);
    const stop = new AbortController();
    const onProgress = (done: number) => {
      if (done === 5) stop.abort();
    };
    await expect(world.run({ signal: stop.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
    const written = (await world.ledger()).length;
    expect(written).toBeGreaterThan(0);
    expect((await world.run()).windows.known).toBe(written);
    await world.expectTotals(counted);
  });

  it('is refused for a cluster or a store that is not there', async () => {
    world.fill({});
    await expect(world.run({ cluster: 'dev' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.run({ to: world.at('none.sqlite') })).rejects.toMatchObject({
      code: 'store',
      message: `There is no store of this version at ${world.at('none.sqlite')}`,
    });
  });
});
