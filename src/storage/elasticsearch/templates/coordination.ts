import type { IndexFamily } from './family.ts';
import { each, instant, keyword, unindexedObject, whole } from './fields.ts';

/** What writers agree on among themselves: who may write, what is under way, which version the store has. */
export const COORDINATION_FAMILIES: readonly IndexFamily[] = [
  {
    name: 'leases',
    partition: 'none',
    properties: {
      ...each(['cluster_id', 'holder', 'holder_name'], keyword),
      epoch: { type: 'long' },
      expires_at: instant,
    },
  },
  {
    // One document a cluster: see cluster-head.ts.
    name: 'cluster-heads',
    partition: 'none',
    properties: {
      cluster_id: keyword,
      epoch: { type: 'long' },
      state: unindexedObject,
    },
  },
  {
    name: 'meta',
    partition: 'none',
    properties: {
      version: whole,
      holder: keyword,
      ...each(['updated_at', 'expires_at'], instant),
    },
  },
];
