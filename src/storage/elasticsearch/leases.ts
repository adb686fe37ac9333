import * as z from 'zod';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';
import { Failure } from '../../model/failure.ts';
import { newHead } from './cluster-head.ts';
import type { IndexNames } from './index-names.ts';
import { isoOf, secondsOf } from './instants.ts';
import type { Requests } from './requests.ts';
import type { Store } from './store.ts';

const INDEX = 'leases';
const MOST_LEASES = 10_000;
/** Times that a change is tried again because another one was faster. */
const TRIES = 20;

/** A lease as a document: given back, its holder is null, and the epoch stays. */
const Document = z.object({
  cluster_id: z.string(),
  holder: z.string().nullable(),
  holder_name: z.string(),
  epoch: z.number(),
  expires_at: z.string(),
});

/**
 * Leases by compare-and-set of one document a cluster, by this machine's clock. A new holder's epoch is also set in the
 * cluster's head before the lease is answered: from then on nobody of an older epoch can make a window count.
 */
export async function takeLease(
  store: Store,
  request: LeaseRequest,
  /** What the one before left undone is to be settled under the new epoch. */
  settle: (epoch: number) => Promise<void>,
): Promise<LeaseAnswer> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const answer = await tryToTake(store, request, settle);
    if (answer !== null) return answer;
  }
  throw raced();
}

async function tryToTake(
  store: Store,
  request: LeaseRequest,
  settle: (epoch: number) => Promise<void>,
): Promise<LeaseAnswer | null> {
  const { requests, names } = store;
  const { clusterId, holder, holderName, durationSeconds } = request;
  const now = Math.floor(store.now());
  const found = await requests.get(names.of(INDEX), clusterId);
  const before = found === null ? null : Document.parse(found.source);
  const isRunning = before !== null && before.holder !== null && secondsOf(before.expires_at) > now;
  if (isRunning && before.holder !== holder) return { kind: 'refused', by: leaseOf(before) };
  const head = isRunning ? null : await store.heads.load(clusterId);
  const epoch = isRunning ? before.epoch : Math.max(before?.epoch ?? 0, head?.head.epoch ?? 0) + 1;
  const lease: Lease = { clusterId, holder, holderName, epoch, expiresAtSeconds: now + durationSeconds };
  const taken = await requests.compareAndSet(names.of(INDEX), clusterId, found, documentOf(lease));
  if (taken === null) return null;
  if (!isRunning) {
    await fence(store, clusterId, epoch);
    await settle(epoch);
  }
  return { kind: 'held', lease };
}

/** Makes an epoch the youngest of its cluster. */
async function fence({ heads }: Store, clusterId: string, epoch: number): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const stored = (await heads.load(clusterId)) ?? { head: newHead(clusterId, 0), found: null };
    if (stored.head.epoch >= epoch) return;
    if ((await heads.change(stored, { ...stored.head, epoch })) !== null) return;
  }
  throw raced();
}

/** Gives a lease back, where it is held so. */
export async function releaseLease({ requests, names }: Store, lease: Lease): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = await requests.get(names.of(INDEX), lease.clusterId);
    if (found === null) return;
    const before = Document.parse(found.source);
    if (before.holder !== lease.holder || before.epoch !== lease.epoch) return;
    const free = { ...before, holder: null, holder_name: '', expires_at: isoOf(0) };
    if ((await requests.compareAndSet(names.of(INDEX), lease.clusterId, found, free)) !== null) return;
  }
  throw raced();
}

/** Gives a cluster's lease back for whoever holds it; answers its epoch, null where it was never leased. */
export async function freeLease(requests: Requests, names: IndexNames, clusterId: string): Promise<number | null> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = await requests.get(names.of(INDEX), clusterId);
    if (found === null) return null;
    const free = { ...Document.parse(found.source), holder: null, holder_name: '', expires_at: isoOf(0) };
    if ((await requests.compareAndSet(names.of(INDEX), clusterId, found, free)) !== null) return free.epoch;
  }
  throw raced();
}

/** True where a cluster is leased to somebody right now. */
export async function isLeased(store: Store, clusterId: string): Promise<boolean> {
  const found = await store.requests.get(store.names.of(INDEX), clusterId);
  if (found === null) return false;
  const { holder, expires_at } = Document.parse(found.source);
  return holder !== null && secondsOf(expires_at) > Math.floor(store.now());
}

/** Leases that somebody has or had last, also those that have run out; by cluster. */
export async function listLeases({ requests, names }: Store): Promise<readonly Lease[]> {
  const query = { exists: { field: 'holder' } };
  const body = { query, size: MOST_LEASES, sort: ['cluster_id'], track_total_hits: false };
  const { hits } = (await requests.search([names.of(INDEX)], body)).hits;
  return hits.map(({ _source }) => leaseOf(Document.parse(_source)));
}

function leaseOf(line: z.infer<typeof Document>): Lease {
  return {
    clusterId: line.cluster_id,
    holder: line.holder ?? '',
    holderName: line.holder_name,
    epoch: line.epoch,
    expiresAtSeconds: secondsOf(line.expires_at),
  };
}

function documentOf(lease: Lease): z.infer<typeof Document> {
  return {
    cluster_id: lease.clusterId,
    holder: lease.holder,
    holder_name: lease.holderName,
    epoch: lease.epoch,
    expires_at: isoOf(lease.expiresAtSeconds),
  };
}

function raced(): Failure {
  return new Failure('store-away', 'Too many wanted the lease of this cluster at the same time.', {
    hint: 'Podwatt tries again by itself.',
  });
}
