import * as z from 'zod';
import type { RecordKind, RecordsByKind } from '../../core/ports/record-pages.ts';
import { records, type SayColumn, where } from './kubernetes/questions.ts';
import { RECORD_SOURCES } from './record-kinds.ts';
import type { Statement } from './statement.ts';

const PAGE = 2000;
const Line = z.record(z.string(), z.unknown());

/** All records of a kind: each page begins behind the last key of the one before, so none is read twice. */
export async function* sqlRecordPages<Kind extends RecordKind>(
  ask: (statements: readonly Statement[]) => Promise<readonly (readonly unknown[])[]>,
  say: SayColumn,
  kind: Kind,
  clusterId: string | null,
): AsyncGenerator<readonly RecordsByKind[Kind][]> {
  const { table, key, read } = RECORD_SOURCES[kind];
  const columns = key.map((column) => `t.${column}`).join(', ');
  const marks = key.map(() => '?').join(', ');
  const ofCluster = clusterId === null ? [] : [where('t.cluster_id = ?', clusterId)];
  let after: readonly string[] = [];
  for (;;) {
    const behind = after.length === 0 ? [] : [where(`(${columns}) > (${marks})`, ...after)];
    const [lines = []] = await ask([records({ table }, say, [...ofCluster, ...behind], columns, PAGE)]);
    if (lines.length > 0) yield lines.map(read);
    if (lines.length < PAGE) return;
    const last = Line.parse(lines.at(-1));
    after = key.map((column) => String(last[column]));
  }
}
