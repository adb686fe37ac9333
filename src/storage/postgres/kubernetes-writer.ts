import { secondsOf } from '../sql/instants.ts';
import { METRICS, PODS } from '../sql/kubernetes/record-tables.ts';
import { refusedLines } from '../sql/kubernetes/refused.ts';
import { insertOf, type KubernetesWrite, type Put, tableNamed } from '../sql/kubernetes/write.ts';
import type { ColumnKind } from '../sql/schema/table.ts';
import type { Statement } from '../sql/statement.ts';
import type { Connections } from './connections.ts';
import { fence } from './fence.ts';
import { type MonthlyKubernetesTable, makeKubernetesMonths } from './kubernetes-months.ts';
import { numbered } from './numbered.ts';
import { type Month, monthOf } from './partitions.ts';
import { stateOf } from './postgres-failure.ts';
import type { Line, Session } from './session.ts';

/** The lines of each question; several see one state of the store. */
export async function readLines(
  connections: Connections,
  statements: readonly Statement[],
): Promise<readonly (readonly Line[])[]> {
  const ask = async (session: Session): Promise<readonly (readonly Line[])[]> => {
    const answers: (readonly Line[])[] = [];
    for (const statement of statements) answers.push(await session.ask(statement));
    return answers;
  };
  return statements.length === 1 ? connections.single(ask) : connections.read(ask);
}

const MONTHLY: readonly { readonly table: MonthlyKubernetesTable; readonly place: number }[] = [
  { table: 'k8s_pods', place: PODS.columns.indexOf('created_at') },
  { table: 'k8s_resource_metrics', place: METRICS.columns.indexOf('collected_at') },
];
/** check_violation: a row that no partition takes, or that a rule of its table refuses. */
const CHECK = '23514';

/** Writes the Kubernetes tables; makes the months that lines need before. */
export class KubernetesWriter {
  readonly #connections: Connections;
  readonly #months = new Map<string, Set<Month>>(MONTHLY.map(({ table }) => [table, new Set()]));

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** One transaction; answers how many lines were written. */
  async write(write: KubernetesWrite): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#makeMonths(write);
        return await this.#connections.write((session) => writeAll(session, write));
      } catch (error) {
        const state = stateOf(error instanceof Error ? error.cause : null) ?? '';
        if (!state.startsWith('23')) throw error;
        // Retention of another process may just have dropped a month.
        if (state !== CHECK || attempt > 1) throw refusedLines(error);
        for (const months of this.#months.values()) months.clear();
      }
    }
  }

  async #makeMonths({ puts }: KubernetesWrite): Promise<void> {
    for (const { table, place } of MONTHLY) {
      const known = this.#months.get(table);
      const instants = puts
        .filter((put) => put.table === table)
        .flatMap(({ lines }) => lines.map((line) => secondsOf(String(line[place]))));
      const missing = instants.filter((seconds) => known?.has(monthOf(seconds)) !== true);
      if (missing.length === 0) continue;
      const now = Date.now() / 1000;
      await this.#connections.write((session) => makeKubernetesMonths(session, table, missing, now));
      for (const seconds of missing) known?.add(monthOf(seconds));
    }
  }
}

async function writeAll(session: Session, { fences, puts, changes }: KubernetesWrite): Promise<number> {
  for (const { clusterId, epoch } of fences) await fence(session, clusterId, epoch);
  let written = 0;
  for (const put of puts) written += await putLines(session, put);
  for (const { text, parameters } of changes) written += await session.change(numbered(text), parameters);
  return written;
}

const ARRAYS: Readonly<Record<ColumnKind, string>> = {
  text: 'text[]',
  count: 'integer[]',
  bytes: 'bigint[]',
  number: 'double precision[]',
  flag: 'boolean[]',
  time: 'timestamptz[]',
  date: 'date[]',
  json: 'jsonb[]',
};

/** All lines in one statement, an array a column. */
async function putLines(session: Session, put: Put): Promise<number> {
  const { columns } = tableNamed(put.table);
  const arrays = columns.map(({ kind }, place) => `$${place + 1}::${ARRAYS[kind]}`);
  const names = columns.map(({ name }) => name);
  return session.change(
    insertOf(put, names, `SELECT * FROM unnest(${arrays.join(', ')})`),
    names.map((_, place) => put.lines.map((line) => line[place])),
  );
}
