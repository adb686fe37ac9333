import type { EnergyParts } from '../../contract/schemas/figures.ts';
import { OTHER_GROUP } from '../../contract/schemas/metrics.ts';

/** What a group of rows stands for; Kubernetes forbids the names that our own rows carry. */
export type GroupKind = 'named' | 'other' | 'system' | 'unallocated' | 'storage';

const OWN_ROWS: readonly (readonly [string, GroupKind, string])[] = [
  [OTHER_GROUP, 'other', 'Other'],
  ['__system__', 'system', 'System'],
  ['__unallocated__', 'unallocated', 'Unallocated'],
  ['__storage__', 'storage', 'Storage'],
];

/** Reads a group's key: `__system__`, and `c1/__system__` where a key has several parts, are system rows. */
export function groupKind(key: string): GroupKind {
  const parts = key.split('/');
  return OWN_ROWS.find(([name]) => parts.includes(name))?.[1] ?? 'named';
}

/** Names of our own rows among pods begin like this (`node/n1`, for system and unallocated alike); no pod's name has a slash. */
const OWN_POD = 'node/';

/**
 * As `groupKind`, also for groups by pod, where only the energy tells what a row of a node is: `node/api-0` may be a
 * pod of a namespace called node as well, and pods have no system or unallocated energy.
 */
export function pointKind(key: string, parts: EnergyParts): GroupKind {
  const isOwn = parts.system_joules + parts.unallocated_joules > 0;
  if (!key.includes(OWN_POD) || !isOwn) return groupKind(key);
  return parts.unallocated_joules > parts.system_joules ? 'unallocated' : 'system';
}

/** Words for people: our own rows have theirs, all others keep their label. */
export function groupLabel(kind: GroupKind, key: string, label: string | undefined): string {
  return kind === 'named' ? (label ?? key) : (OWN_ROWS.find(([, each]) => each === kind)?.[2] ?? key);
}

/** Place in a stack: names first, then Other and Storage; System and Unallocated stand last. */
export const STACK_PLACE: Readonly<Record<GroupKind, number>> = {
  named: 0,
  other: 1,
  storage: 2,
  system: 3,
  unallocated: 4,
};
