import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Lease, LeaseAnswer, LeaseRequest, LeaseStore } from '../../../src/core/ports/leases.ts';
import { CLUSTER, NEW_YEAR, OTHER_CLUSTER, sampleRow, sampleWindow } from './sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

/** Long enough that none of these runs out in a test. */
const LONG_SECONDS = 600;

function requestOf(holder: string, part: Partial<LeaseRequest> = {}): LeaseRequest {
  return { clusterId: CLUSTER, holder, holderName: `${holder} (pid 1)`, durationSeconds: LONG_SECONDS, ...part };
}

function leaseOf(answer: LeaseAnswer): Lease {
  if (answer.kind !== 'held') throw new Error(`refused by ${answer.by.holder}`);
  return answer.lease;
}

/** Asks again and again until the one before has run out. */
async function takeOnceFree(store: LeaseStore, request: LeaseRequest): Promise<Lease> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await store.takeLease(request);
    if (answer.kind === 'held') return answer.lease;
    await sleep(100);
  }
  throw new Error('the lease never ran out');
}

/** The right to write, and what it is worth. */
export function leaseContract(name: string, open: OpenStore): void {
  describe(`${name}: leases`, () => {
    const fixture = useStore(open);
    const window = sampleWindow(NEW_YEAR, [sampleRow()]);

    it('go to the first who asks, and nobody else gets it before it runs out', async () => {
      const { store } = fixture.current();
      expect(await store.listLeases()).toEqual([]);
      const lease = leaseOf(await store.takeLease(requestOf('a')));
      expect(lease).toMatchObject({ clusterId: CLUSTER, holder: 'a', holderName: 'a (pid 1)' });
      expect(lease.epoch).toBeGreaterThan(0);
      expect(await store.takeLease(requestOf('b'))).toEqual({ kind: 'refused', by: lease });
      expect(await store.listLeases()).toEqual([lease]);
      expect(await failureCodeOf(store.replaceWindow(window, lease.epoch))).toBe('no failure');
    });

    it('are of one cluster each', async () => {
      const { store } = fixture.current();
      leaseOf(await store.takeLease(requestOf('a')));
      leaseOf(await store.takeLease(requestOf('b', { clusterId: OTHER_CLUSTER })));
      const held = (await store.listLeases()).map(({ clusterId, holder }) => [clusterId, holder]);
      expect(held.sort()).toEqual([
        [CLUSTER, 'a'],
        [OTHER_CLUSTER, 'b'],
      ]);
    });

    it('are prolonged under the same epoch', async () => {
      const { store } = fixture.current();
      const first = leaseOf(await store.takeLease(requestOf('a')));
      const second = leaseOf(await store.takeLease(requestOf('a', { durationSeconds: 2 * LONG_SECONDS })));
      expect(second.epoch).toBe(first.epoch);
      expect(second.expiresAtSeconds).toBeGreaterThanOrEqual(first.expiresAtSeconds + LONG_SECONDS - 1);
      await store.replaceWindow(window, second.epoch);
      expect(leaseOf(await store.takeLease(requestOf('a'))).epoch).toBe(first.epoch);
      expect(await store.listLeases()).toHaveLength(1);
    });

    it('go on to another once they ran out, under a greater epoch; the first writes nothing any more', async () => {
      const { store, dump } = fixture.current();
      const first = leaseOf(await store.takeLease(requestOf('a', { durationSeconds: 1 })));
      await store.replaceWindow(window, first.epoch);
      const second = await takeOnceFree(store, requestOf('b'));
      expect(second.epoch).toBeGreaterThan(first.epoch);
      const before = await dump();
      const late = sampleWindow(NEW_YEAR + 300, [sampleRow()]);
      expect(await failureCodeOf(store.replaceWindow(late, first.epoch))).toBe('conflict');
      expect(await failureCodeOf(store.replaceWindow(window, first.epoch))).toBe('conflict');
      expect(await dump()).toBe(before);
      expect(await store.takeLease(requestOf('a'))).toEqual({ kind: 'refused', by: second });
      await store.replaceWindow(late, second.epoch);
    });

    it('of the asker that ran out come back under a greater epoch', async () => {
      const { store } = fixture.current();
      const first = leaseOf(await store.takeLease(requestOf('a', { durationSeconds: 1 })));
      let again = first;
      // Each heartbeat comes too late: a lease of a second has run out after two.
      await sleep(2100);
      again = leaseOf(await store.takeLease(requestOf('a')));
      expect(again.epoch).toBeGreaterThan(first.epoch);
      expect(await failureCodeOf(store.replaceWindow(window, first.epoch))).toBe('conflict');
    });

    it('are free at once when they are given back', async () => {
      const { store } = fixture.current();
      const first = leaseOf(await store.takeLease(requestOf('a')));
      await store.releaseLease(first);
      expect(await store.listLeases()).toEqual([]);
      const second = leaseOf(await store.takeLease(requestOf('b')));
      expect(second.epoch).toBeGreaterThan(first.epoch);
      // What is no longer one's own can't be given back.
      await store.releaseLease(first);
      await store.releaseLease({ ...second, epoch: first.epoch });
      await store.releaseLease({ ...second, holder: 'a' });
      expect(await store.takeLease(requestOf('a'))).toEqual({ kind: 'refused', by: second });
    });

    it('have an epoch greater than any that ever wrote', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(window, 41);
      const lease = leaseOf(await store.takeLease(requestOf('a')));
      expect(lease.epoch).toBeGreaterThan(41);
      expect(await failureCodeOf(store.replaceWindow(window, 41))).toBe('conflict');
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow({}, 2)]), lease.epoch);
    });

    it('go to exactly one of many that ask at the same moment, free or run out', async () => {
      const { store, openAnother } = fixture.current();
      const others = await Promise.all([openAnother(), openAnother()]);
      try {
        const stores = [store, ...others];
        const rush = async (part: Partial<LeaseRequest>): Promise<LeaseAnswer[]> =>
          Promise.all(
            Array.from({ length: 9 }, (_, index) =>
              (stores[index % stores.length] ?? store).takeLease(requestOf(`h${index}`, part)),
            ),
          );
        const first = await rush({});
        const winners = first.filter(({ kind }) => kind === 'held');
        expect(winners).toHaveLength(1);
        for (const winner of winners.map(leaseOf)) await store.takeLease({ ...winner, durationSeconds: 1 });
        await sleep(2100);
        const second = await rush({});
        const holders = second.map((answer) => (answer.kind === 'held' ? answer.lease : answer.by));
        expect(second.filter(({ kind }) => kind === 'held')).toHaveLength(1);
        expect(new Set(holders.map(({ holder, epoch }) => `${holder} ${epoch}`)).size).toBe(1);
        expect(holders[0]?.epoch).toBeGreaterThan(winners.map(leaseOf)[0]?.epoch ?? Number.NaN);
      } finally {
        await Promise.all(others.map((other) => other.close()));
      }
    });
  });
}
