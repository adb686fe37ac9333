import type { EpochSeconds } from '../../model/time.ts';

/**
 * The right to write the windows of one cluster, for a while. `epoch` grows with every change of hands; a store refuses
 * a window of an older epoch (`Failure` conflict), so a holder that was frozen past its lease writes nothing.
 */
export interface Lease {
  readonly clusterId: string;
  /** Who holds it: the same for the life of one process, different for any two. */
  readonly holder: string;
  /** For people: host name and process id, for example `laptop-1 (pid 4711)`. */
  readonly holderName: string;
  readonly epoch: number;
  readonly expiresAtSeconds: EpochSeconds;
}

export interface LeaseRequest {
  readonly clusterId: string;
  readonly holder: string;
  readonly holderName: string;
  readonly durationSeconds: number;
}

export type LeaseAnswer =
  | { readonly kind: 'held'; readonly lease: Lease }
  /** Another one has it, and it has not run out. */
  | { readonly kind: 'refused'; readonly by: Lease };

/**
 * Leases live in the results store, beside what they guard. "Now" is the store's clock where it has one (PostgreSQL),
 * else this machine's.
 */
export interface LeaseStore {
  /**
   * Takes the lease where it is free, has run out or is the asker's own. The asker's own that has not run out is
   * prolonged under the same epoch (a heartbeat); else the epoch becomes greater than every epoch that was ever
   * granted or that ever wrote a window of the cluster.
   */
  takeLease(request: LeaseRequest): Promise<LeaseAnswer>;
  /** Gives it back, so that the next one need not wait. Nothing happens where it is not held under that epoch. */
  releaseLease(lease: Lease): Promise<void>;
  listLeases(): Promise<readonly Lease[]>;
}
