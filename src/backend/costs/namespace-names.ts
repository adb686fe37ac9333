import type { CostStore } from './cost-store.ts';

/** Names of namespaces by their ids; a name never changes, so each is asked for once. */
export class NamespaceNames {
  readonly #store: Pick<CostStore, 'namespace'>;
  readonly #names = new Map<string, string>();

  constructor(store: Pick<CostStore, 'namespace'>) {
    this.#store = store;
  }

  /** Null where the row is gone. */
  async of(id: string): Promise<string | null> {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const namespace = await this.#store.namespace(id);
    if (namespace !== null) this.#names.set(id, namespace.name);
    return namespace?.name ?? null;
  }

  /** Another store has other ids. */
  forget(): void {
    this.#names.clear();
  }
}
