import type { Clock } from '../../core/ports/clock.ts';
import type { WindowSpool } from '../../core/ports/window-spool.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { ClusterLocks } from '../clusters/cluster-locks.ts';
import type { LocalState, StoreChoice } from '../config.ts';
import type { Log } from '../log.ts';
import { ClusterLoop } from '../scheduler/cluster-loop.ts';
import type { Timers } from '../scheduler/timers.ts';
import { holderName, leaseHolder } from '../settings/lease-holder.ts';
import { openRetention } from '../settings/retention.ts';
import type { StoredValue } from '../settings/stored-value.ts';
import { deliverLeftovers } from './deliver-leftovers.ts';
import { KnownClusters } from './known-clusters.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { MaintenanceJob } from './maintenance-job.ts';
import { SpoolDelivery } from './spool-delivery.ts';
import { type OpenStore, StoreChoices } from './store-choice.ts';
import { StoreLink } from './store-link.ts';
import type { StoreTarget } from './store-target.ts';

const LONGEST_END_MILLISECONDS = 500;

export interface StoreDeskDeps {
  readonly state: LocalState;
  readonly dataDir: string;
  readonly given: StoreChoice | undefined;
  readonly open: OpenStore | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly random: () => number;
  readonly changes: ChangeFeed;
  readonly locks: ClusterLocks;
}

/** The results store with all that goes with it: leases, what waits for it, its care, and the choice of it. */
export class StoreDesk {
  readonly link: StoreLink;
  readonly spool: WindowSpool;
  readonly leases: LeaseKeeper;
  readonly delivery: SpoolDelivery;
  readonly known: KnownClusters;
  readonly choices: StoreChoices;
  readonly retention: StoredValue<RetentionPolicy>;
  readonly maintenance: MaintenanceJob;
  readonly #deps: StoreDeskDeps;
  readonly #loop: ClusterLoop;
  readonly #stopping = new AbortController();
  #holder: string;

  private constructor(parts: {
    deps: StoreDeskDeps;
    link: StoreLink;
    holder: string;
    choices: StoreChoices;
    known: KnownClusters;
    retention: StoredValue<RetentionPolicy>;
    openMaintenance: (leases: LeaseKeeper) => MaintenanceJob;
  }) {
    const { deps, link, choices, known, retention } = parts;
    const { clock, timers, log, random, changes, state } = deps;
    this.#deps = deps;
    this.#holder = parts.holder;
    this.link = link;
    this.spool = state.spool;
    this.choices = choices;
    this.known = known;
    this.retention = retention;
    const holder = () => this.#holder;
    this.leases = new LeaseKeeper({ store: link, clock, timers, log, holder, holderName: holderName() });
    this.delivery = new SpoolDelivery({ store: link, spool: state.spool, leases: this.leases, changes, log });
    this.maintenance = parts.openMaintenance(this.leases);
    this.#loop = new ClusterLoop(this.maintenance, { clock, timers, random });
  }

  /** @throws Failure where a file of this machine can't be opened; a server that can't be reached is no failure */
  static async open(deps: StoreDeskDeps): Promise<StoreDesk> {
    const { state, dataDir, given, open, clock, log, random } = deps;
    const choices = await StoreChoices.open(state, { dataDir, given, open });
    const link = await StoreLink.open(await choices.target(), deps);
    try {
      const [known, retention, holder] = await Promise.all([
        KnownClusters.open(state, link.location),
        openRetention(state),
        leaseHolder(state, link.kind),
      ]);
      const last = await MaintenanceJob.openLast(state);
      const policy = () => retention.value;
      const openMaintenance = (leases: LeaseKeeper) =>
        new MaintenanceJob({ store: link, leases, clock, log, random, policy }, last);
      return new StoreDesk({ deps, link, holder, choices, known, retention, openMaintenance });
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  /** Begins the care of the store, and follows it as it comes and goes. `onBack`: readings may go on at once. */
  start(onBack: () => void): void {
    this.link.onChange((now, before) => {
      this.#deps.changes.publish({ kind: 'store' });
      if (now.state === before.state) return;
      if (now.state !== 'away') this.#deliver();
      onBack();
    });
    this.#loop.start();
    this.#deliver();
  }

  /** Changes over to another store; readings must rest meanwhile. */
  async switchTo(target: StoreTarget, address: string | null): Promise<void> {
    await this.leases.releaseAll();
    // A file has one owner: this process has it open already.
    const isSameFile = target.kind === 'sqlite' && target.location === this.link.location && !this.link.isAway;
    if (!isSameFile) await this.link.switchTo(target);
    await this.choices.remember(address);
    this.known.changeStore(target.location);
    this.#holder = await leaseHolder(this.#deps.state, target.kind);
    this.#deps.changes.publish({ kind: 'store' });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#endInTime(this.#loop.stop());
    await this.#endInTime(this.leases.releaseAll());
    await this.#endInTime(this.link.close());
  }

  /** A server that went silent must not keep the process alive; a file is waited for, so that it is whole. */
  async #endInTime(ending: Promise<void>): Promise<void> {
    if (this.link.kind === 'sqlite') return ending;
    const ended = new AbortController();
    const settled = ending.catch(() => undefined).finally(() => ended.abort());
    await Promise.race([settled, this.#deps.timers.wait(LONGEST_END_MILLISECONDS, ended.signal)]);
  }

  #deliver(): void {
    if (this.link.isAway || this.link.status.state === 'read-only') return;
    const { signal } = this.#stopping;
    const { link: store, spool, leases, delivery, known } = this;
    const { locks, log } = this.#deps;
    void deliverLeftovers({ store, spool, leases, delivery, known, locks, log }, signal);
  }
}
