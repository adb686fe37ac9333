import * as z from 'zod';
import type { GroupKey } from '../../core/ports/results-store.ts';

const Line = z.object({
  group_key: z.string(),
  group_cluster: z.string().nullable(),
  group_namespace: z.string().nullable(),
  group_owner_kind: z.string().nullable(),
  group_owner_name: z.string().nullable(),
  group_node: z.string().nullable(),
});

/** The group of an answer's line, from the columns of `groupTexts`. */
export function groupKeyOf(line: unknown): GroupKey {
  const row = Line.parse(line);
  return {
    key: row.group_key,
    clusterId: row.group_cluster,
    namespace: row.group_namespace,
    ownerKind: row.group_owner_kind,
    ownerName: row.group_owner_name,
    // One store keeps an empty text, another none.
    node: row.group_node === '' ? null : row.group_node,
  };
}
