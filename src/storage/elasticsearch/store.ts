import type { HeadStore } from './head-store.ts';
import type { IndexNames } from './index-names.ts';
import type { Requests } from './requests.ts';

/** What all parts of an opened store share. */
export interface Store {
  readonly requests: Requests;
  readonly names: IndexNames;
  readonly heads: HeadStore;
  /** Different for any two opened stores: who does a work. */
  readonly owner: string;
  /** Seconds since the epoch, of this machine. */
  readonly now: () => number;
}
