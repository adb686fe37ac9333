import type { ClientBase } from 'pg';
import type { Statement } from '../sql/statement.ts';
import { numbered } from './numbered.ts';
import { cancelled } from './postgres-failure.ts';

/** A line of an answer, by column. */
export type Line = Readonly<Record<string, unknown>>;

/** One connection for a while. */
export class Session {
  readonly client: ClientBase;
  readonly #signal: AbortSignal | undefined;

  constructor(client: ClientBase, signal?: AbortSignal) {
    this.client = client;
    this.#signal = signal;
  }

  /** SQL with `$1`, `$2`, … . */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly Line[]> {
    // Between two questions there is nothing that the server could give up.
    if (this.#signal?.aborted === true) throw cancelled();
    const { rows } = await this.client.query<Record<string, unknown>>(text, [...values]);
    return rows;
  }

  /** A statement that comes with every window: the server keeps its plan, by connection. */
  async prepared(text: string, values: readonly unknown[]): Promise<readonly Line[]> {
    const { rows } = await this.client.query<Record<string, unknown>>({
      name: nameOf(text),
      text,
      values: [...values],
    });
    return rows;
  }

  /** SQL with `?` for each parameter, as the shared statements have it. */
  ask(statement: Statement): Promise<readonly Line[]> {
    return this.query(numbered(statement.text), statement.parameters);
  }

  /** How many lines a change was of. */
  async change(text: string, values: readonly unknown[] = []): Promise<number> {
    if (this.#signal?.aborted === true) throw cancelled();
    const { rowCount } = await this.client.query(text, [...values]);
    return rowCount ?? 0;
  }

  /** A transaction around `work`; what went wrong undoes it. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    try {
      const answer = await work();
      await this.client.query('COMMIT');
      return answer;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}

const NAMES = new Map<string, string>();

function nameOf(text: string): string {
  const known = NAMES.get(text) ?? `podwatt_${NAMES.size + 1}`;
  NAMES.set(text, known);
  return known;
}
