import type { LayoutSource } from '../../core/ports/layout-source.ts';
import type { MissingRight, SyncDesk, WorkerState } from '../../core/ports/sync-desk.ts';
import { Failure } from '../../model/failure.ts';
import type { WindowResult } from '../../model/results.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import { ClusterLoop } from '../scheduler/cluster-loop.ts';
import { ClusterSync } from './cluster-sync.ts';
import { SpecListeners } from './spec-listeners.ts';
import { SYNC_INTERVAL_SECONDS, type SyncDeps } from './sync-deps.ts';

const LONGEST_END_MILLISECONDS = 2_000;

interface Active {
  readonly sync: ClusterSync;
  readonly loop: ClusterLoop;
}

/** The sync of each context that is collected, side by side: a slow or dead cluster delays no other. */
export class SyncWorkers implements SyncDesk, LayoutSource {
  readonly #deps: SyncDeps;
  readonly #active = new Map<string, Active>();
  readonly #specListeners: SpecListeners;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
    this.#specListeners = new SpecListeners((err) =>
      deps.log.error({ err }, 'What follows from a changed workload could not be done'),
    );
  }

  start(contextName: string): void {
    if (this.#active.has(contextName)) return;
    const sync = new ClusterSync(contextName, this.#deps, (clusterId) => this.#specListeners.tell(clusterId));
    const loop = new ClusterLoop(sync, this.#deps);
    this.#active.set(contextName, { sync, loop });
    loop.start();
  }

  async stop(contextName: string): Promise<void> {
    const active = this.#active.get(contextName);
    if (active === undefined) return;
    this.#active.delete(contextName);
    await this.#endWithin(active.loop.stop());
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#active.keys()].map((name) => this.stop(name)));
  }

  /** Connects anew: settings or kubeconfig files changed. Null: all of them. */
  refresh(contextName: string | null): void {
    for (const [name, active] of this.#active) {
      if (contextName === null || name === contextName) restart(active);
    }
  }

  /** A cluster was paused or resumed, or its lease was lost: its worker finds out at once. */
  wake(clusterId: string): void {
    const active = this.#find(clusterId);
    if (active !== undefined) restart(active);
  }

  /** The store came back: what rests is tried again. */
  wakeAll(): void {
    for (const { loop } of this.#active.values()) loop.wake();
  }

  async syncNow(clusterId: string): Promise<void> {
    const active = this.#find(clusterId);
    if (active === undefined) {
      throw new Failure('conflict', 'Nothing collects this cluster', { hint: 'Switch its collection on first.' });
    }
    if (active.sync.isPaused) {
      throw new Failure('conflict', 'This cluster is paused', { hint: 'Resume it first.' });
    }
    const { failure } = active.sync;
    if (failure !== null && failure.code === 'unreachable') {
      restart(active);
      throw new Failure('unreachable', failure.message, failure.hint === null ? {} : { hint: failure.hint });
    }
    restart(active);
  }

  /** A window of a cluster was stored. */
  windowClosed(result: WindowResult): void {
    const active = this.#find(result.entry.clusterId);
    if (active !== undefined && result.rows.length > 0) void active.sync.windowClosed(result);
  }

  /** True while a cluster is followed and its first writing is still to come. */
  isFirstSyncPending(clusterId: string): boolean {
    const active = this.#find(clusterId);
    return (
      active !== undefined && !active.sync.isPaused && active.sync.counts.writes === 0 && active.sync.failure === null
    );
  }

  layout(clusterId: string): ClusterLayout | null {
    return this.#find(clusterId)?.sync.layout ?? null;
  }

  onSpecChange(listener: (clusterId: string) => void): () => void {
    return this.#specListeners.add(listener);
  }

  /** What may not be read of a cluster, each with the role that would allow it. */
  missingRights(clusterId: string): readonly MissingRight[] {
    return this.#find(clusterId)?.sync.missingRights ?? [];
  }

  status(): readonly WorkerState[] {
    const all = [...this.#active.values()];
    const states = all.flatMap(({ sync }) => sync.state ?? []);
    const runs = states.flatMap(({ lastRunAtSeconds }) => lastRunAtSeconds ?? []);
    const sum = (of: 'rowsWritten' | 'writes' | 'windows') =>
      all.reduce((total, { sync }) => total + sync.counts[of], 0);
    return [
      {
        name: 'sync',
        isRunning: all.length > 0,
        intervalSeconds: SYNC_INTERVAL_SECONDS,
        lastRunAtSeconds: runs.length === 0 ? null : Math.max(...runs),
        lastError: all.find(({ sync }) => sync.failure !== null)?.sync.failure?.message ?? null,
        counts: {
          clusters: all.length,
          rows_written: sum('rowsWritten'),
          writes: sum('writes'),
          windows: sum('windows'),
        },
        clusters: states,
      },
    ];
  }

  #find(clusterId: string): Active | undefined {
    return [...this.#active.values()].find(({ sync }) => sync.clusterId === clusterId);
  }

  /** A call that does not heed its signal must not keep the process alive. */
  async #endWithin(ending: Promise<void>): Promise<void> {
    const ended = new AbortController();
    const { timers } = this.#deps;
    await Promise.race([ending.finally(() => ended.abort()), timers.wait(LONGEST_END_MILLISECONDS, ended.signal)]);
  }
}

function restart({ sync, loop }: Active): void {
  sync.restart();
  loop.wake();
}
