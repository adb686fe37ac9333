import * as z from 'zod';
import type { EpochSeconds, Window } from '../../model/time.ts';
import { windowEndSeconds } from '../../model/time.ts';
import { bulk, type Operation } from './bulk.ts';
import { hiddenClauses, ofCluster, startsIn } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { idOf } from './document-ids.ts';
import { pagesOf } from './documents.ts';
import { GROUP_NAMES, type Group, groupFields, groupIn } from './group-fields.ts';
import { isoOf, secondsOf } from './instants.ts';
import { anyOf } from './level-query.ts';
import type { Store } from './store.ts';

/** When a pod was first and last seen as it is in its group: on one node, with one owner, team, zone and provider. */
interface Seen {
  readonly group: Group;
  readonly first: EpochSeconds;
  readonly last: EpochSeconds;
  readonly isOnly: boolean;
}

const Document = z.looseObject({ first_seen: z.string(), last_seen: z.string(), is_only: z.boolean() });
const MOST_KEPT = 200_000;
const IDS_A_REQUEST = 1000;
const SEARCHES_A_REQUEST = 200;

/** Keeps `pod-presence`: one document a pod and group. What was written is remembered, for a cluster's only writer. */
export class PresenceWriter {
  readonly #store: Store;
  readonly #known = new Map<string, Map<string, Seen>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called where another one may have written since. */
  forget(clusterId: string): void {
    this.#known.delete(clusterId);
  }

  /** What takes in the groups of a window's pods; it may be written before the window counts. */
  async extension(clusterId: string, window: Window, groups: readonly Group[]): Promise<PresenceChange> {
    const ids = new Map(groups.map((group) => [presenceId(clusterId, group), group]));
    const known = await this.#load(clusterId, [...ids.keys()]);
    const changes = new Map<string, Seen | null>();
    const end = windowEndSeconds(window);
    for (const [id, group] of ids) {
      const seen = known.get(id);
      const first = Math.min(seen?.first ?? window.startSeconds, window.startSeconds);
      const last = Math.max(seen?.last ?? end, end);
      if (seen?.first === first && seen.last === last) continue;
      changes.set(id, { group, first, last, isOnly: seen?.isOnly ?? true });
    }
    await this.#count(clusterId, known, changes);
    return this.#change(clusterId, changes);
  }

  /** After a window was replaced: lets go of groups that it had and has no more. */
  async shrink(head: ClusterHead, window: Window, before: readonly Group[], now: readonly Group[]): Promise<void> {
    const { clusterId } = head;
    const kept = new Set(now.map((group) => presenceId(clusterId, group)));
    const lost = before.map((group) => presenceId(clusterId, group)).filter((id) => !kept.has(id));
    const known = await this.#load(clusterId, lost);
    const seen = lost.flatMap((id): [string, Seen][] => {
      const found = known.get(id);
      return found === undefined ? [] : [[id, found]];
    });
    await this.#recompute(head, window, seen);
  }

  /** After a window was given up: what may have been extended by it begins or ends with it. */
  async takeBack(head: ClusterHead, window: Window): Promise<void> {
    const { requests, names } = this.#store;
    this.forget(head.clusterId);
    const edges = [
      { term: { first_seen: isoOf(window.startSeconds) } },
      { term: { last_seen: isoOf(windowEndSeconds(window)) } },
    ];
    const query = { bool: { filter: [ofCluster(head.clusterId), anyOf(edges)] } };
    const sort = GROUP_NAMES.map((name) => ({ [name]: 'asc' as const }));
    const seen: [string, Seen][] = [];
    for await (const page of pagesOf(requests, [names.of('pod-presence')], { query, sort })) {
      seen.push(...page.map(({ id, source }): [string, Seen] => [id, seenIn(source)]));
    }
    // A writer that was frozen may have put an old end in the place of a younger one.
    await this.#recompute(head, window, seen, this.#store.now());
  }

  async #load(clusterId: string, ids: readonly string[]): Promise<Map<string, Seen>> {
    const { requests, names } = this.#store;
    const known = this.#known.get(clusterId) ?? new Map<string, Seen>();
    if (known.size > MOST_KEPT) known.clear();
    this.#known.set(clusterId, known);
    const unknown = ids.filter((id) => !known.has(id));
    for (let first = 0; first < unknown.length; first += IDS_A_REQUEST) {
      const wanted = unknown.slice(first, first + IDS_A_REQUEST);
      const { docs } = await requests.send((options) =>
        requests.client.mget({ index: names.of('pod-presence'), ids: wanted }, options),
      );
      for (const document of docs) {
        if ('found' in document && document.found) known.set(document._id, seenIn(document._source));
      }
    }
    return known;
  }

  /** A group that began or ended with the window is seen from its next to its previous window that counts. */
  async #recompute(
    head: ClusterHead,
    window: Window,
    seen: readonly (readonly [string, Seen])[],
    untilSeconds = 0,
  ): Promise<void> {
    const { clusterId } = head;
    const changes = new Map<string, Seen | null>();
    const end = windowEndSeconds(window);
    const edges = seen.filter(([, { first, last }]) => first === window.startSeconds || last === end);
    for (let first = 0; first < edges.length; first += SEARCHES_A_REQUEST) {
      const part = edges.slice(first, first + SEARCHES_A_REQUEST);
      const spans = await this.#spans(
        head,
        part.map(([, each]) => ({ ...each, last: Math.max(each.last, untilSeconds) })),
      );
      part.forEach(([id, old], place) => {
        const span = spans[place] ?? null;
        const beganHere = old.first === window.startSeconds;
        // Its other rows may be gone by retention: then it still was seen before this window.
        if (span === null) changes.set(id, beganHere ? null : { ...old, last: window.startSeconds });
        else
          changes.set(id, {
            ...old,
            first: beganHere ? span.first : old.first,
            last: old.last === end ? span.last : old.last,
          });
      });
    }
    const known = await this.#load(clusterId, []);
    for (const [id, each] of edges) if (!known.has(id)) known.set(id, each);
    await this.#count(clusterId, known, changes);
    const change = this.#change(clusterId, changes);
    await bulk(this.#store.requests, change.operations);
    change.done();
  }

  /** First and last row of each group within the time it was seen in. */
  async #spans(head: ClusterHead, seen: readonly Seen[]): Promise<({ first: number; last: number } | null)[]> {
    const { requests, names } = this.#store;
    const searches = seen.flatMap(({ group, first, last }) =>
      (['asc', 'desc'] as const).flatMap((order) => [
        {
          index: names.within('combined-metrics', { startSeconds: first, endSeconds: last }),
          ignore_unavailable: true,
        },
        {
          size: 1,
          sort: [{ timestamp: order }],
          _source: ['timestamp', 'duration_seconds'],
          track_total_hits: false,
          query: {
            bool: {
              filter: [
                ofCluster(head.clusterId),
                startsIn({ startSeconds: first, endSeconds: last }),
                ...GROUP_NAMES.map((name) => ({ term: { [name]: group[name] } })),
              ],
              must_not: hiddenClauses([head]),
            },
          },
        },
      ]),
    );
    const { responses } = await requests.send((options) => requests.client.msearch({ searches }, options));
    const rows = responses.map((response) => {
      if ('error' in response) throw new TypeError('a search for the rows of a pod failed');
      const row = response.hits.hits[0]?._source;
      return row === undefined ? null : Row.parse(row);
    });
    return seen.map((_, place) => {
      const [first, last] = [rows[2 * place], rows[2 * place + 1]];
      if (!first || !last) return null;
      return { first: secondsOf(first.timestamp), last: secondsOf(last.timestamp) + last.duration_seconds };
    });
  }

  /** Where pods got or lost a document: marks which ones are the only one of their pod. */
  async #count(clusterId: string, known: Map<string, Seen>, changes: Map<string, Seen | null>): Promise<void> {
    const { requests, names } = this.#store;
    const pods = new Set<string>();
    for (const [id, seen] of changes) {
      const group = seen?.group ?? known.get(id)?.group;
      if (group !== undefined && (seen === null || !known.has(id))) pods.add(podKey(clusterId, group));
    }
    const keys = [...pods];
    for (let first = 0; first < keys.length; first += IDS_A_REQUEST) {
      const query = { terms: { pod_key: keys.slice(first, first + IDS_A_REQUEST) } };
      const sort = GROUP_NAMES.map((name) => ({ [name]: 'asc' as const }));
      for await (const page of pagesOf(requests, [names.of('pod-presence')], { query, sort })) {
        for (const { id, source } of page) if (!known.has(id)) known.set(id, seenIn(source));
      }
    }
    const documents = new Map<string, string[]>();
    for (const [id, seen] of [...known, ...changes]) {
      if (seen === null || changes.get(id) === null) continue;
      const key = podKey(clusterId, seen.group);
      if (!pods.has(key)) continue;
      const ids = documents.get(key) ?? [];
      if (!ids.includes(id)) ids.push(id);
      documents.set(key, ids);
    }
    for (const ids of documents.values()) {
      for (const id of ids) {
        const seen = changes.get(id) ?? known.get(id);
        if (seen !== undefined && seen.isOnly !== (ids.length === 1)) {
          changes.set(id, { ...seen, isOnly: ids.length === 1 });
        }
      }
    }
  }

  #change(clusterId: string, changes: ReadonlyMap<string, Seen | null>): PresenceChange {
    const index = this.#store.names.of('pod-presence');
    const operations = [...changes].map(([id, seen]): Operation => {
      if (seen === null) return { kind: 'delete', index, id };
      const { group, first, last, isOnly } = seen;
      const times = { first_seen: isoOf(first), last_seen: isoOf(last) };
      const document = { cluster_id: clusterId, ...groupFields(clusterId, group), is_only: isOnly, ...times };
      return { kind: 'put', index, id, document };
    });
    const done = (): void => {
      const known = this.#known.get(clusterId);
      for (const [id, seen] of changes) {
        if (seen === null) known?.delete(id);
        else known?.set(id, seen);
      }
    };
    return { operations, done };
  }
}

/** Operations to be written, and what to call when they are. */
export interface PresenceChange {
  readonly operations: readonly Operation[];
  done(): void;
}

const Row = z.object({ timestamp: z.string(), duration_seconds: z.number() });

function seenIn(source: unknown): Seen {
  const { first_seen, last_seen, is_only } = Document.parse(source);
  return { group: groupIn(source), first: secondsOf(first_seen), last: secondsOf(last_seen), isOnly: is_only };
}

function presenceId(clusterId: string, group: Group): string {
  return idOf(clusterId, ...GROUP_NAMES.map((name) => group[name]));
}

function podKey(clusterId: string, group: Group): string {
  return `${clusterId}/${group.namespace}/${group.pod_name}`;
}
