import * as z from 'zod';
import type { KubernetesStore } from '../../../core/ports/kubernetes-store.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { isoOf } from '../instants.ts';
import type { Statement } from '../statement.ts';
import { among, ids, where } from './questions.ts';
import { NAMESPACES, NODES, PODS, RELEASES, WORKLOADS } from './record-tables.ts';

export type LiveIds = Awaited<ReturnType<KubernetesStore['liveIds']>>;

/** Tables of what can go, with the column that says since when it is gone. */
export const LIVING = [
  { kind: 'namespaces', table: NAMESPACES, gone: 'deleted_at' },
  { kind: 'nodes', table: NODES, gone: 'deleted_at' },
  { kind: 'workloads', table: WORKLOADS, gone: 'deleted_at' },
  { kind: 'pods', table: PODS, gone: 'finished_at' },
  { kind: 'releases', table: RELEASES, gone: 'deleted_at' },
] as const satisfies readonly { kind: keyof LiveIds; table: unknown; gone: string }[];

/** A question for each table, in the order of LIVING. */
export function liveQuestions(clusterId: string): readonly Statement[] {
  return LIVING.map(({ table, gone }) =>
    ids(table, [where('t.cluster_id = ?', clusterId), where(`t.${gone} IS NULL`)]),
  );
}

const Line = z.object({ id: z.string() });

export function liveIdsOf(answers: readonly (readonly unknown[])[]): LiveIds {
  const of = (place: number): string[] => (answers[place] ?? []).map((line) => Line.parse(line).id);
  return { namespaces: of(0), nodes: of(1), workloads: of(2), pods: of(3), releases: of(4) };
}

/** Parameters a statement: fewer than any store takes. */
const IDS_A_STATEMENT = 1000;

/** Changes that say of objects that they are gone since an instant; what was gone before stays so since then. */
export function markGone(clusterId: string, goneIds: LiveIds, atSeconds: EpochSeconds): readonly Statement[] {
  const at = isoOf(atSeconds);
  return LIVING.flatMap(({ kind, table, gone }) => {
    const statements: Statement[] = [];
    for (let first = 0; first < goneIds[kind].length; first += IDS_A_STATEMENT) {
      const of = among('id', goneIds[kind].slice(first, first + IDS_A_STATEMENT));
      statements.push({
        text: `UPDATE ${table.name} AS t SET ${gone} = ?, updated_at = ? WHERE t.cluster_id = ? AND t.${gone} IS NULL AND ${of.text}`,
        parameters: [at, at, clusterId, ...of.parameters],
      });
    }
    return statements;
  });
}
