import type { KubernetesClient } from '../../collectors/kubernetes/kubernetes-client.ts';
import type { Inventory } from '../../model/inventory.ts';

/** One user's hold on a cluster's client; closing it closes the connections when no other user is left. */
export interface SharedClient extends KubernetesClient {
  /** What another user of this client knows of the cluster; null where nobody does, or not freshly. */
  offeredInventory(): Inventory | null;
  offerInventory(read: () => Inventory | null): () => void;
  /** Its credentials were refused: who takes a client from now on gets one that reads them anew. */
  renew(): void;
}

interface Held {
  readonly opening: Promise<KubernetesClient>;
  users: number;
  readonly offers: Set<() => Inventory | null>;
}

/** One client, and so one pool of connections, a context, however many read it. */
export class SharedClients {
  readonly #open: (contextName: string) => Promise<KubernetesClient>;
  readonly #held = new Map<string, Held>();

  constructor(open: (contextName: string) => Promise<KubernetesClient>) {
    this.#open = open;
  }

  async take(contextName: string): Promise<SharedClient> {
    const known = this.#held.get(contextName);
    const held = known ?? { opening: this.#open(contextName), users: 0, offers: new Set() };
    this.#held.set(contextName, held);
    held.users += 1;
    try {
      return shared(await held.opening, held, () => this.#forget(contextName, held));
    } catch (error) {
      held.users -= 1;
      this.#forget(contextName, held);
      throw error;
    }
  }

  /** Files changed: whoever connects from now on reads them anew; who is connected keeps what it has. */
  forgetAll(): void {
    this.#held.clear();
  }

  #forget(contextName: string, held: Held): void {
    if (this.#held.get(contextName) === held) this.#held.delete(contextName);
  }
}

function shared(client: KubernetesClient, held: Held, forget: () => void): SharedClient {
  let isClosed = false;
  return {
    contextName: client.contextName,
    api: client.api,
    identify: (signal) => client.identify(signal),
    readInventory: (...request) => client.readInventory(...request),
    serviceTransport: (service) => client.serviceTransport(service),
    follow: (...request) => client.follow(...request),
    offeredInventory: () => {
      for (const read of held.offers) {
        const inventory = read();
        if (inventory !== null) return inventory;
      }
      return null;
    },
    offerInventory: (read) => {
      held.offers.add(read);
      return () => held.offers.delete(read);
    },
    renew: forget,
    async close() {
      if (isClosed) return;
      isClosed = true;
      held.users -= 1;
      if (held.users > 0) return;
      forget();
      await client.close();
    },
  };
}
