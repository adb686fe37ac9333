import * as z from 'zod';
import type { NodeSnapshot } from '../../model/results.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { bulk, type Operation } from './bulk.ts';
import { hiddenClauses } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { idOf } from './document-ids.ts';
import { isoOf, secondsOf } from './instants.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';

/** What a node was in one window. */
interface Sighting {
  readonly at: EpochSeconds;
  readonly hash: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const NODES_A_REQUEST = 100;

/** A snapshot as a document of `node-sightings`. */
export function sightingDocument(
  snapshot: NodeSnapshot,
  start: EpochSeconds,
  duration: number,
  generation: string,
): object {
  const facts = factsOf(snapshot);
  return {
    cluster_id: snapshot.clusterId,
    timestamp: isoOf(start),
    duration_seconds: duration,
    generation,
    node_key: `${snapshot.clusterId}/${snapshot.name}`,
    facts_hash: hashOf(snapshot),
    facts: { ...facts, snapshot_timestamp: isoOf(snapshot.snapshotAtSeconds) },
  };
}

function factsOf(snapshot: NodeSnapshot): Readonly<Record<string, unknown>> {
  return {
    instance_type: snapshot.instanceType,
    provider: snapshot.provider,
    region: snapshot.region,
    zone: snapshot.zone,
    emaps_zone: snapshot.emapsZone,
    cpu_capacity: snapshot.cpuCapacityMillicores,
    memory_capacity: snapshot.memoryCapacityBytes,
    architecture: snapshot.architecture,
    os: snapshot.os,
    embodied_kilograms: snapshot.embodiedKilograms,
  };
}

function hashOf(snapshot: NodeSnapshot): string {
  return idOf(JSON.stringify(factsOf(snapshot)));
}

/**
 * Keeps `node-snapshots`, the sightings that differ from the one before. Only the sighting of a node in a window and its
 * next one can become a change, or cease to be one, by that window. Each node's last sighting is remembered, for a
 * cluster's only writer.
 */
export class NodeChanges {
  readonly #store: Store;
  readonly #last = new Map<string, Map<string, Pick<Sighting, 'at' | 'hash'>>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called where another one may have written since. */
  forget(clusterId: string): void {
    this.#last.delete(clusterId);
  }

  /** True where a new window's nodes are all as they last were: then nothing is to be updated but what is remembered. */
  areUnchanged(clusterId: string, start: EpochSeconds, snapshots: readonly NodeSnapshot[]): boolean {
    const last = this.#last.get(clusterId);
    return snapshots.every((snapshot) => {
      const known = last?.get(snapshot.name);
      return known !== undefined && known.at < start && known.hash === hashOf(snapshot);
    });
  }

  remember(clusterId: string, start: EpochSeconds, snapshots: readonly NodeSnapshot[]): void {
    const last = this.#ofCluster(clusterId);
    for (const snapshot of snapshots) last.set(snapshot.name, { at: start, hash: hashOf(snapshot) });
  }

  /** After the sightings of a window have changed. */
  async update(head: ClusterHead, start: EpochSeconds, nodes: readonly string[]): Promise<void> {
    const index = this.#store.names.of('node-snapshots');
    const last = this.#ofCluster(head.clusterId);
    for (let first = 0; first < nodes.length; first += NODES_A_REQUEST) {
      const part = nodes.slice(first, first + NODES_A_REQUEST);
      const found = await sightingsAround(this.#store, head, start, part);
      const operations = part.flatMap((node, place): Operation[] => {
        const { before, from } = found[place] ?? { before: null, from: [] };
        const [here, next] = from[0]?.at === start ? from : [undefined, from[0]];
        const newest = here ?? before;
        if (next === undefined && newest !== null) last.set(node, newest);
        else last.delete(node);
        const changes: Operation[] = [changeOf(index, head.clusterId, node, start, before, here)];
        if (next !== undefined) changes.push(changeOf(index, head.clusterId, node, next.at, here ?? before, next));
        return changes;
      });
      await bulk(this.#store.requests, operations);
    }
  }

  #ofCluster(clusterId: string): Map<string, Pick<Sighting, 'at' | 'hash'>> {
    const known = this.#last.get(clusterId) ?? new Map<string, Pick<Sighting, 'at' | 'hash'>>();
    this.#last.set(clusterId, known);
    return known;
  }
}

function changeOf(
  index: string,
  clusterId: string,
  node: string,
  at: EpochSeconds,
  before: Sighting | null,
  here: Sighting | undefined,
): Operation {
  const id = idOf(clusterId, node, at);
  if (here === undefined || here.hash === before?.hash) return { kind: 'delete', index, id };
  const names = { cluster_id: clusterId, name: node, node_key: `${clusterId}/${node}` };
  return { kind: 'put', index, id, document: { ...names, timestamp: isoOf(at), ...here.facts } };
}

interface Around {
  readonly before: Sighting | null;
  /** The sighting of the window, if it has one, and the next one. */
  readonly from: readonly Sighting[];
}

async function sightingsAround(
  { requests, names }: Store,
  head: ClusterHead,
  start: EpochSeconds,
  nodes: readonly string[],
): Promise<readonly Around[]> {
  const all = { index: names.all('node-sightings'), ignore_unavailable: true };
  const ask = (node: string, range: Query['range'], order: 'asc' | 'desc', size: number): object => ({
    size,
    sort: [{ timestamp: order }],
    track_total_hits: false,
    query: {
      bool: {
        filter: [{ term: { node_key: `${head.clusterId}/${node}` } }, { range }],
        must_not: hiddenClauses([head]),
      },
    },
  });
  const searches = nodes.flatMap((node) => [
    all,
    ask(node, { timestamp: { lt: isoOf(start) } }, 'desc', 1),
    all,
    ask(node, { timestamp: { gte: isoOf(start) } }, 'asc', 2),
  ]);
  const { responses } = await requests.send((options) => requests.client.msearch({ searches }, options));
  const found = responses.map((response) => {
    if ('error' in response) throw new TypeError('a search for what a node was failed');
    return response.hits.hits.map(({ _source }) => sightingOf(_source));
  });
  return nodes.map((_, place) => ({ before: found[2 * place]?.[0] ?? null, from: found[2 * place + 1] ?? [] }));
}

const Document = z.object({
  timestamp: z.string(),
  facts_hash: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

function sightingOf(source: unknown): Sighting {
  const { timestamp, facts_hash, facts } = Document.parse(source);
  return { at: secondsOf(timestamp), hash: facts_hash, facts };
}
