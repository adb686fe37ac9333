import type Database from 'better-sqlite3';
import type { UsageHoursQuery, UsageKey } from '../../core/ports/usage-hours.ts';

/** What a pod key belongs to. */
interface Member {
  /** Index of its group in `keys()`. */
  readonly group: number;
  readonly isPod: boolean;
  /** Same for all keys of one pod in one group. */
  readonly pod: number;
}

interface PodKey {
  readonly kind: number;
  readonly namespace: number;
  readonly ownerKind: number;
  readonly ownerName: number;
  readonly team: number;
  readonly node: number;
  readonly identity: number;
}

/** Workloads or nodes by the keys of their pods, found as the keys come. */
export class UsageGroups {
  readonly #by: UsageHoursQuery['by'];
  readonly #members = new Map<number, Member | null>();
  readonly #groups = new Map<string, number>();
  readonly #pods = new Map<string, number>();
  readonly #keys: UsageKey[] = [];
  readonly #find: Database.Statement<[number], PodKey>;
  readonly #text: Database.Statement<[number], string | null>;

  constructor(database: Database.Database, by: UsageHoursQuery['by']) {
    this.#by = by;
    this.#find = database.prepare(
      `SELECT row_kind AS kind, namespace, workload_kind AS ownerKind, workload_name AS ownerName, team, node,
         pod_identity AS identity FROM pod_keys WHERE id = ?`,
    );
    this.#text = database.prepare<[number], string | null>('SELECT text FROM texts WHERE id = ?').pluck();
  }

  keys(): readonly UsageKey[] {
    return this.#keys;
  }

  /** Null for rows that are in no group: of a node that is none, or no pods where groups are workloads. */
  memberOf(key: number): Member | null {
    const known = this.#members.get(key);
    if (known !== undefined) return known;
    const found = this.#find.get(key);
    const member = found === undefined ? null : this.#memberOf(found);
    this.#members.set(key, member);
    return member;
  }

  #memberOf(key: PodKey): Member | null {
    const isPod = key.kind === 0;
    if (this.#by === 'node' ? this.#textOf(key.node) === null : !isPod) return null;
    const { namespace, ownerKind, ownerName, team, node } = key;
    const ids = this.#by === 'node' ? [node] : [namespace, ownerKind, ownerName, team];
    const group = numberOf(this.#groups, ids.join(' '));
    if (group === this.#keys.length) this.#keys.push(this.#keyOf(key));
    return { group, isPod, pod: numberOf(this.#pods, `${group} ${key.identity}`) };
  }

  #keyOf({ namespace, ownerKind, ownerName, team, node }: PodKey): UsageKey {
    if (this.#by === 'node') {
      return { namespace: null, ownerKind: null, ownerName: null, team: null, node: this.#textOf(node) };
    }
    return {
      namespace: this.#textOf(namespace),
      ownerKind: this.#textOf(ownerKind),
      ownerName: this.#textOf(ownerName),
      team: this.#textOf(team),
      node: null,
    };
  }

  /** Null for an empty text too: what is on no node has that. */
  #textOf(id: number): string | null {
    const text = this.#text.get(id) ?? '';
    return text === '' ? null : text;
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
