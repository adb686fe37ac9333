import type { Table } from '../schema/table.ts';

/** A question to the Kubernetes tables that both SQL stores answer from the index it names. */
export interface NamedQuery {
  readonly name: string;
  /** Index that it is answered from; `<table>_pkey` is the primary key. */
  readonly index: string;
  /** What it is for. */
  readonly use: string;
  /** SQL of both dialects, `?` for each value. */
  readonly text: string;
}

/** All columns of a table but those that no answer may carry. */
export function columnsOf(table: Table): string {
  return table.columns
    .map(({ name }) => name)
    .filter((name) => name !== 'kubeconfig_encrypted')
    .join(', ');
}

/** The row with an id. */
export function byId(table: Table): NamedQuery {
  return {
    name: `${table.name} by id`,
    index: `${table.name}_pkey`,
    use: 'one row, by its id',
    text: `SELECT ${columnsOf(table)} FROM ${table.name} WHERE id = ?`,
  };
}
