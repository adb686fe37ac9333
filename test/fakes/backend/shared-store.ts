import type { StoreChoice } from '../../../src/backend/config.ts';
import { openThrough, type Reach, reach } from './away-store.ts';
import type { FakeCluster } from './fake-cluster.ts';
import { ManualTime, settle } from './manual-time.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryStore } from './memory-store.ts';
import { NOW, type TestBackend, testBackend } from './test-backend.ts';

export const SHARED: StoreChoice = {
  chosenBy: 'command',
  settings: {
    kind: 'postgres',
    host: 'db.test',
    port: 5432,
    database: 'podwatt',
    user: 'me',
    password: 'hunter2',
    schema: 'public',
    sslMode: 'prefer',
    certificateAuthority: null,
    statementTimeoutMilliseconds: 30_000,
    poolSize: 4,
  },
};

/** A store that several backends share, each over a wire of its own, at one time. */
export class SharedStore {
  readonly store = new MemoryStore();
  readonly time = new ManualTime(NOW);
  readonly open: TestBackend[] = [];

  constructor() {
    this.store.leases.nowSeconds = () => this.time.nowSeconds();
  }

  /** A backend on it, started, with the context `one` switched on. */
  async start(
    options: Parameters<typeof testBackend>[0] & { wire?: Reach; clusters?: FakeCluster[]; state?: MemoryState } = {},
  ) {
    const { wire = reach(), ...rest } = options;
    const { store, time } = this;
    const made = await testBackend({
      initialContexts: ['one'],
      backfillSeconds: 7200,
      choice: SHARED,
      state: new MemoryState(),
      openStore: openThrough(store, wire),
      ...rest,
      store,
      time,
    });
    this.open.push(made);
    await made.backend.start();
    await settle(300);
    return { ...made, wire };
  }

  /** Ends one of them in order. */
  async stop(made: TestBackend): Promise<void> {
    this.open.splice(this.open.indexOf(made), 1);
    await made.backend.stop();
  }

  async end(): Promise<void> {
    for (const made of this.open.splice(0)) await made.backend.stop();
  }

  /** Starts of the windows that are stored, by time. */
  starts(): number[] {
    return [...this.store.results.values()].map(({ entry }) => entry.window.startSeconds).sort((a, b) => a - b);
  }
}

/** Starts of 5-minute windows with a hole between two that follow each other. */
export function holesOf(starts: readonly number[]): number[] {
  return starts.filter((start, index) => index > 0 && start - (starts[index - 1] ?? 0) > 300);
}
