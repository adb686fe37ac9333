import type Database from 'better-sqlite3';
import { KEY_TEXTS } from '../sql/row-columns.ts';

const MOST_KEPT = 500_000;

/** The ids of a row's key in the key tables. */
export interface KeyIds {
  readonly pod: number;
  readonly workload: number;
  readonly namespace: number;
  /** Place in ROW_KINDS. */
  readonly kind: number;
  /** A small number, same for all rows of one (cluster, namespace, pod, node): two in one window are one too many. */
  readonly place: number;
}

type PodIds = Omit<KeyIds, 'kind' | 'place'> & { readonly identity: number };

interface KnownPod extends KeyIds {
  readonly cluster: number;
  /** Ids of its texts, in the order of KEY_TEXTS. */
  readonly texts: readonly number[];
}

/** Text ids below this number can't mix up pods and nodes. */
const NODE_ROOM = 2 ** 26;

/** What names a row, as ids of texts; `kind` is the place in ROW_KINDS. */
interface KeyTexts {
  readonly kind: number;
  readonly namespace: number;
  readonly pod: number;
  readonly node: number;
  readonly ownerKind: number;
  readonly ownerName: number;
  readonly team: number;
  readonly zone: number;
  readonly provider: number;
  readonly nodeZone: number;
  readonly instanceType: number;
}

/**
 * Ids of texts and keys, made where they are missing and remembered. After a transaction that was rolled back, call
 * `forget`: what it made is gone.
 */
export class Dictionary {
  readonly #texts = new Map<string, number>();
  readonly #pods = new Map<number, KnownPod[]>();
  readonly #places = new Map<number, number>();
  readonly #namespaces = new Map<string, number>();
  readonly #workloads = new Map<string, number>();
  readonly #findText: Database.Statement<[string], number>;
  readonly #addText: Database.Statement<[string]>;
  readonly #findPod: Database.Statement<number[], PodIds>;
  readonly #addPod: Database.Statement<number[]>;
  readonly #findIdentity: Database.Statement<number[], number>;
  readonly #addIdentity: Database.Statement<number[]>;
  readonly #findNamespace: Database.Statement<number[], number>;
  readonly #addNamespace: Database.Statement<number[]>;
  readonly #findWorkload: Database.Statement<number[], number>;
  readonly #addWorkload: Database.Statement<number[]>;

  constructor(database: Database.Database) {
    const find = (table: string, columns: readonly string[]): Database.Statement<number[], number> =>
      database
        .prepare<number[], number>(
          `SELECT id FROM ${table} WHERE ${columns.map((name) => `${name} = ?`).join(' AND ')}`,
        )
        .pluck();
    const add = (table: string, columns: readonly string[]): Database.Statement<number[]> =>
      database.prepare<number[]>(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
    const podColumns = ['cluster_key', 'namespace', 'pod', 'node', 'row_kind', 'owner_kind', 'owner_name'];
    podColumns.push('team', 'zone', 'provider', 'node_zone', 'instance_type');
    const workloadColumns = ['cluster_key', 'namespace', 'workload_kind', 'workload_name', 'node', 'team', 'zone'];
    workloadColumns.push('provider', 'row_kind');
    this.#findText = database.prepare<[string], number>('SELECT id FROM texts WHERE text = ?').pluck();
    this.#addText = database.prepare('INSERT INTO texts (text) VALUES (?)');
    this.#findPod = database.prepare(
      `SELECT id AS pod, workload_key AS workload, namespace_key AS namespace, pod_identity AS identity
       FROM pod_keys WHERE ${podColumns.map((name) => `${name} = ?`).join(' AND ')}`,
    );
    this.#addPod = add('pod_keys', [
      ...podColumns,
      'workload_kind',
      'workload_name',
      'workload_key',
      'namespace_key',
      'pod_identity',
    ]);
    const identityColumns = ['cluster_key', 'namespace', 'pod'];
    this.#findIdentity = find('pod_identities', identityColumns);
    this.#addIdentity = add('pod_identities', identityColumns);
    this.#findNamespace = find('namespace_keys', ['cluster_key', 'namespace']);
    this.#addNamespace = add('namespace_keys', ['cluster_key', 'namespace']);
    this.#findWorkload = find('workload_keys', workloadColumns);
    this.#addWorkload = add('workload_keys', workloadColumns);
  }

  forget(): void {
    for (const map of [this.#texts, this.#pods, this.#places, this.#namespaces, this.#workloads]) map.clear();
  }

  /** Drops what was remembered once it is too much to keep in memory. */
  trim(): void {
    if (this.#texts.size + this.#pods.size > MOST_KEPT) this.forget();
  }

  textId(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const id = this.#findText.get(text) ?? Number(this.#addText.run(text).lastInsertRowid);
    this.#texts.set(text, id);
    return id;
  }

  /** Of the texts of a window; 0 for the first, which stands for "none". */
  textIds(texts: readonly string[]): Uint32Array<ArrayBuffer> {
    const ids = new Uint32Array(texts.length);
    for (let place = 1; place < ids.length; place += 1) ids[place] = this.textId(texts[place] ?? '');
    return ids;
  }

  /**
   * The key of a row whose texts are `ids[places[at + …]]`, in the order of KEY_TEXTS. Looked up for every row that is
   * written: by a number, and few keys share one, so that neither a text nor an object is made.
   */
  podKeyAt(cluster: number, kind: number, ids: Uint32Array, places: Uint32Array, at: number): KeyIds {
    const pod = ids[places[at + 1] ?? 0] ?? 0;
    const node = ids[places[at + 2] ?? 0] ?? 0;
    for (const known of this.#pods.get(pod * NODE_ROOM + node) ?? []) {
      if (known.cluster === cluster && known.kind === kind && isSame(known.texts, ids, places, at)) return known;
    }
    return this.#addKnown(
      cluster,
      kind,
      Array.from(KEY_TEXTS, (_, text) => ids[places[at + text] ?? 0] ?? 0),
    );
  }

  #addKnown(cluster: number, kind: number, texts: readonly number[]): KnownPod {
    const [namespace = 0, pod = 0, node = 0, ownerKind = 0, ownerName = 0, team = 0, zone = 0, ...rest] = texts;
    const [provider = 0, nodeZone = 0, instanceType = 0] = rest;
    const names = { namespace, pod, node, ownerKind, ownerName, team, zone, provider, nodeZone, instanceType };
    const { identity, ...ids } = this.#podIds(cluster, { kind, ...names });
    const place = this.#placeOf(identity * NODE_ROOM + node);
    const made: KnownPod = { cluster, texts, ...ids, kind, place };
    const bucket = pod * NODE_ROOM + node;
    this.#pods.set(bucket, [...(this.#pods.get(bucket) ?? []), made]);
    return made;
  }

  #placeOf(identityAndNode: number): number {
    const place = this.#places.get(identityAndNode) ?? this.#places.size;
    this.#places.set(identityAndNode, place);
    return place;
  }

  #podIds(cluster: number, key: KeyTexts): PodIds {
    const columns = [cluster, key.namespace, key.pod, key.node, key.kind, key.ownerKind, key.ownerName];
    columns.push(key.team, key.zone, key.provider, key.nodeZone, key.instanceType);
    const known = this.#findPod.get(...columns);
    if (known !== undefined) return known;
    const [workloadKind, workloadName] = this.#workloadOf(key);
    const namespaceKey = findOrAdd(this.#namespaces, this.#findNamespace, this.#addNamespace, [cluster, key.namespace]);
    const workload = [cluster, key.namespace, workloadKind, workloadName, key.node, key.team, key.zone];
    workload.push(key.provider, key.kind);
    const workloadKey = findOrAdd(this.#workloads, this.#findWorkload, this.#addWorkload, workload);
    const name = [cluster, key.namespace, key.pod];
    const identity = this.#findIdentity.get(...name) ?? Number(this.#addIdentity.run(...name).lastInsertRowid);
    const added = this.#addPod.run(...columns, workloadKind, workloadName, workloadKey, namespaceKey, identity);
    return { pod: Number(added.lastInsertRowid), workload: workloadKey, namespace: namespaceKey, identity };
  }

  /** A pod without an owner is its own workload, as `Pod/<name>`; rows that are no pod have none. */
  #workloadOf(key: KeyTexts): readonly [kind: number, name: number] {
    if (key.kind !== 0) return [0, 0];
    if (key.ownerKind !== 0 && key.ownerName !== 0) return [key.ownerKind, key.ownerName];
    return [this.textId('Pod'), key.pod];
  }
}

function isSame(texts: readonly number[], ids: Uint32Array, places: Uint32Array, at: number): boolean {
  for (let text = 0; text < texts.length; text += 1) {
    if (texts[text] !== ids[places[at + text] ?? 0]) return false;
  }
  return true;
}

function remembered<Value>(map: Map<string, Value>, name: string, make: () => Value): Value {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made = make();
  map.set(name, made);
  return made;
}

function findOrAdd(
  map: Map<string, number>,
  find: Database.Statement<number[], number>,
  add: Database.Statement<number[]>,
  columns: readonly number[],
): number {
  return remembered(map, columns.join(' '), () => find.get(...columns) ?? Number(add.run(...columns).lastInsertRowid));
}
