import { describe, expect, test } from 'vitest';
import { SharedClients } from '../../../../src/backend/clusters/shared-clients.ts';
import type { KubernetesClient } from '../../../../src/collectors/kubernetes/kubernetes-client.ts';
import type { Inventory } from '../../../../src/model/inventory.ts';

const INVENTORY: Inventory = { readAtSeconds: 1, nodes: [], pods: [], namespaces: [], services: [], notices: [] };

function clients(open?: () => Promise<KubernetesClient>) {
  const seen = { opened: 0, closed: 0 };
  const shared = new SharedClients(async (contextName) => {
    seen.opened += 1;
    if (open !== undefined) return open();
    const close = async () => {
      seen.closed += 1;
    };
    return { contextName, close } as unknown as KubernetesClient;
  });
  return { seen, shared };
}

describe('the clients of contexts', () => {
  test('are one a context, however many use it at once, and close with the last of them', async () => {
    const { seen, shared } = clients();
    const [first, second] = await Promise.all([shared.take('a'), shared.take('a')]);
    await shared.take('b');
    expect(seen.opened).toBe(2);
    await first.close();
    await first.close();
    expect(seen.closed).toBe(0);
    await second.close();
    expect(seen.closed).toBe(1);
    await shared.take('a');
    expect(seen.opened).toBe(3);
  });

  test('are opened anew after files changed, while those in use go on', async () => {
    const { seen, shared } = clients();
    const before = await shared.take('a');
    shared.forgetAll();
    const after = await shared.take('a');
    expect(seen.opened).toBe(2);
    await before.close();
    expect(seen.closed).toBe(1);
    await shared.take('a');
    expect(seen.opened).toBe(2);
    await after.close();
    expect(seen.closed).toBe(1);
  });

  test('are opened anew for one context whose credentials were refused, while that in use goes on', async () => {
    const { seen, shared } = clients();
    const refused = await shared.take('a');
    const other = await shared.take('b');
    refused.renew();
    const fresh = await shared.take('a');
    expect([seen.opened, seen.closed]).toEqual([3, 0]);
    // The old one's end, and a late complaint of it, are none of the new one's.
    refused.renew();
    await refused.close();
    await shared.take('a');
    await shared.take('b');
    expect([seen.opened, seen.closed]).toEqual([3, 1]);
    await fresh.close();
    await other.close();
  });

  test('one that can not be opened is tried again', async () => {
    let fails = true;
    const { seen, shared } = clients(async () => {
      if (fails) throw new Error('no such context');
      return { contextName: 'a' } as KubernetesClient;
    });
    await expect(shared.take('a')).rejects.toThrow('no such context');
    fails = false;
    await shared.take('a');
    expect(seen.opened).toBe(2);
  });

  test('pass on what one user knows of the cluster, until it takes that back', async () => {
    const { shared } = clients();
    const [one, other] = await Promise.all([shared.take('a'), shared.take('a')]);
    expect(other.offeredInventory()).toBeNull();
    const end = one.offerInventory(() => INVENTORY);
    expect(other.offeredInventory()).toBe(INVENTORY);
    end();
    expect(other.offeredInventory()).toBeNull();
    one.offerInventory(() => null);
    expect(other.offeredInventory()).toBeNull();
  });
});
