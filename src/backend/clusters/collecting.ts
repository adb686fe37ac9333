import { Failure } from '../../model/failure.ts';
import { signalOr } from '../changes/wait-for.ts';
import { ClusterLoop } from '../scheduler/cluster-loop.ts';
import { ClusterSession } from './cluster-session.ts';
import { identify, type LearntCluster, recordOf, rememberCluster } from './reach.ts';
import type { ClusterDeps } from './session-deps.ts';
import { refuseReadOnly } from './without-store.ts';

const LONGEST_END_MILLISECONDS = 1000;

interface Active {
  readonly session: ClusterSession;
  readonly loop: ClusterLoop;
}

/** The contexts that are switched on, each with its own loop: a slow or dead cluster delays no other. */
export class Collecting {
  readonly #deps: ClusterDeps;
  readonly #random: () => number;
  readonly #active = new Map<string, Active>();
  /** Cluster id → the context that collects it. */
  readonly #claims = new Map<string, string>();

  constructor(deps: ClusterDeps, random: () => number = Math.random) {
    this.#deps = deps;
    this.#random = random;
  }

  /** Starts to read a context in the background; its failures show in its state. */
  start(contextName: string): ClusterSession {
    const known = this.#active.get(contextName);
    if (known !== undefined) return known.session;
    const session = new ClusterSession(contextName, this.#deps, (clusterId) => this.#claim(clusterId, contextName));
    const loop = new ClusterLoop(session, { clock: this.#deps.clock, timers: this.#deps.timers, random: this.#random });
    this.#active.set(contextName, { session, loop });
    loop.start();
    return session;
  }

  /** Switches a context on. Connects first, so that the person is told at once what is wrong; answers the cluster id. */
  async switchOn(contextName: string, backfillSeconds: number, signal?: AbortSignal): Promise<string> {
    refuseReadOnly(this.#deps.store.status);
    const clusterId = await this.#identify(contextName, signalOr(signal));
    const change = { collecting: true, historyStopped: false, backfillSeconds, clusterId };
    await this.#deps.remember(contextName, change);
    const session = this.start(contextName);
    session.resumeHistory();
    this.#active.get(contextName)?.loop.wake();
    this.#announce(clusterId);
    return clusterId;
  }

  /** Switches a context off; its results stay. Answers the cluster id, empty if it was never known. */
  async switchOff(contextName: string): Promise<string> {
    await this.#deps.remember(contextName, { collecting: false });
    await this.#end(contextName);
    const clusterId = this.#deps.stateOf(contextName).clusterId ?? '';
    this.#announce(clusterId);
    return clusterId;
  }

  /** Connects anew: settings or kubeconfig files changed. Sessions that fail are tried at once. */
  refresh(contextName: string | null): void {
    for (const [name, { session, loop }] of this.#active) {
      if (contextName !== null && name !== contextName) continue;
      session.reconnect();
      if (contextName !== null || session.failure !== null) loop.wake();
    }
  }

  /** The lease of a cluster was lost: its session finds out who has it. */
  wake(clusterId: string): void {
    this.#find(clusterId)?.loop.wake();
  }

  /** The store came back, or what may be done with it changed: all go on at once. */
  wakeAll(): void {
    for (const { loop } of this.#active.values()) loop.wake();
  }

  /** Ends all readings, does the work, and starts them again from the beginning, also where the work failed. */
  async pausedWhile<T>(work: () => Promise<T>): Promise<T> {
    const names = [...this.#active.keys()];
    await this.stop();
    try {
      return await work();
    } finally {
      for (const name of names) this.start(name);
    }
  }

  sessionOf(clusterId: string): ClusterSession | null {
    return this.#find(clusterId)?.session ?? null;
  }

  nextRunAtSeconds(clusterId: string): number | null {
    return this.#find(clusterId)?.loop.nextRunAtSeconds ?? null;
  }

  sessions(): ClusterSession[] {
    return [...this.#active.values()].map((active) => active.session);
  }

  isCollecting(contextName: string): boolean {
    return this.#active.has(contextName);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#active.keys()].map((name) => this.#end(name)));
  }

  #find(clusterId: string): Active | undefined {
    const holder = this.#claims.get(clusterId);
    const held = holder === undefined ? undefined : this.#active.get(holder);
    return held ?? [...this.#active.values()].find(({ session }) => session.clusterId === clusterId);
  }

  async #identify(contextName: string, signal: AbortSignal): Promise<string> {
    const { connect, currency } = await this.#deps.choicesOf(contextName);
    const connection = await this.#deps.directory.connect(contextName, connect);
    try {
      const identity = await identify(connection, signal);
      this.#refuseSecond(identity.id, contextName);
      await this.#introduce({ identity, contextName, inventory: null, currency });
      return identity.id;
    } finally {
      await connection.close().catch(() => undefined);
    }
  }

  /** A cluster that the store doesn't know yet is shown at once; what it knows is up to the holder of its lease. */
  async #introduce(learnt: LearntCluster): Promise<void> {
    const { store, clock } = this.#deps;
    if (store.isAway || (await recordOf(store, learnt.identity.id)) !== null) return;
    await rememberCluster(store, clock, learnt);
  }

  #claim(clusterId: string, contextName: string): void {
    this.#refuseSecond(clusterId, contextName);
    for (const [id, holder] of this.#claims) if (holder === contextName) this.#claims.delete(id);
    this.#claims.set(clusterId, contextName);
  }

  #refuseSecond(clusterId: string, contextName: string): void {
    const holder = this.#claims.get(clusterId);
    if (holder === undefined || holder === contextName) return;
    throw new Failure('conflict', `Contexts "${contextName}" and "${holder}" lead to the same cluster`, {
      hint: `It is collected through "${holder}" already; switch that one off first to use the other.`,
    });
  }

  async #end(contextName: string): Promise<void> {
    const active = this.#active.get(contextName);
    if (active === undefined) return;
    this.#active.delete(contextName);
    await this.#endWithin(active.loop.stop());
    await this.#endWithin(active.session.close());
    for (const [id, holder] of this.#claims) if (holder === contextName) this.#claims.delete(id);
  }

  /** A call that does not heed its signal must not keep the process alive. */
  async #endWithin(ending: Promise<void>): Promise<void> {
    const ended = new AbortController();
    const { timers } = this.#deps;
    await Promise.race([ending.finally(() => ended.abort()), timers.wait(LONGEST_END_MILLISECONDS, ended.signal)]);
  }

  #announce(clusterId: string): void {
    this.#deps.changes.publish({ kind: 'contexts' });
    if (clusterId !== '') this.#deps.changes.publish({ kind: 'clusters', clusterId });
  }
}
