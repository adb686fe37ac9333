import type { RecordKind, RecordsByKind } from '../../core/ports/record-pages.ts';
import { RECORD_SOURCES } from '../sql/record-kinds.ts';
import { ofCluster } from './clauses.ts';
import { pagesOf } from './documents.ts';
import { familyName } from './kubernetes/document-places.ts';
import type { Store } from './store.ts';

const PAGE = 2000;

/** All records of a kind, by the columns that tell two of them apart in the SQL stores. */
export async function* recordPages<Kind extends RecordKind>(
  { requests, names }: Store,
  kind: Kind,
  clusterId: string | null,
): AsyncGenerator<readonly RecordsByKind[Kind][]> {
  const { table, key, read } = RECORD_SOURCES[kind];
  const filter = clusterId === null ? [] : [ofCluster(clusterId)];
  const body = { query: { bool: { filter } }, sort: [...key], size: PAGE };
  for await (const page of pagesOf(requests, [names.all(familyName(table))], body)) {
    yield page.map(({ source }) => read(source));
  }
}
