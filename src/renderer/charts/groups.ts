import { OTHER_GROUP } from '../../contract/schemas/metrics.ts';

/** What a group of rows stands for; Kubernetes forbids the names that our own rows carry. */
export type GroupKind = 'named' | 'other' | 'system' | 'unallocated' | 'storage';

const OWN_ROWS: readonly (readonly [string, GroupKind, string])[] = [
  [OTHER_GROUP, 'other', 'Other'],
  ['__system__', 'system', 'System'],
  ['__unallocated__', 'unallocated', 'Unallocated'],
  ['__storage__', 'storage', 'Storage'],
];

/** First part of the pod names of our own rows; no pod's name has a slash, and kinds of workloads are capitalised. */
const OWN_PODS = new Map<string, GroupKind>([
  ['system', 'system'],
  ['unallocated', 'unallocated'],
  ['volume', 'storage'],
]);

/** Reads a group's key: `__system__`, `c1/__system__` and, among pods, `system/node-1` are all system rows. */
export function groupKind(key: string): GroupKind {
  const parts = key.split('/');
  const ownPod = parts.length > 1 ? OWN_PODS.get(parts[0] ?? '') : undefined;
  if (ownPod !== undefined) return ownPod;
  return OWN_ROWS.find(([name]) => parts.includes(name))?.[1] ?? 'named';
}

/** Words for people: our own rows have theirs, all others keep their label. */
export function groupLabel(key: string, label: string | undefined): string {
  const kind = groupKind(key);
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
