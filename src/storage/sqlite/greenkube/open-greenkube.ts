import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { GreenKubeBatch, GreenKubeRead, GreenKubeSource } from '../../../core/ports/greenkube-source.ts';
import type { SqliteSettings } from '../../../core/ports/store-settings.ts';
import { Failure } from '../../../model/failure.ts';
import { GREENKUBE_BATCH, type GreenKubeReader, greenKubeSource } from '../../sql/greenkube/source.ts';
import { GREENKUBE_TABLES, type GreenKubeDialect, refuseOthers } from '../../sql/greenkube/tables.ts';
import { openForReading, storeFailure } from '../open-database.ts';

/** GreenKube writes ISO-8601; SQLite would also read words and bare numbers as instants. */
const DIALECT: GreenKubeDialect = {
  seconds: (column) =>
    `CASE WHEN ${column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN unixepoch(${column}) END`,
  // As it is: what is a text there must not become a number.
  number: (column) => column,
};

/**
 * Opens the file of a GreenKube for reading, also while it runs.
 * @throws Failure 'not-found', 'store' or, for what is not GreenKube's, 'bad-input'
 */
export function openSqliteGreenKube({ file }: SqliteSettings): GreenKubeSource {
  if (!existsSync(file)) {
    throw new Failure('not-found', `There is no file ${file}`, { hint: 'Check the path behind --from.' });
  }
  let database: Database.Database | undefined;
  try {
    database = openForReading(file);
    // All questions are of one state of the file, also while GreenKube writes to it.
    database.exec('BEGIN');
    refuseOthers(columnsOf(database));
    return greenKubeSource(file, DIALECT, new SqliteGreenKube(database));
  } catch (error) {
    database?.close();
    throw sourceFailure(error);
  }
}

class SqliteGreenKube implements GreenKubeReader {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  async all(question: string): Promise<readonly unknown[]> {
    try {
      return this.#database.prepare(question).all();
    } catch (error) {
      throw sourceFailure(error);
    }
  }

  async *batches<T>(question: string, read: (line: unknown) => GreenKubeRead<T>): AsyncIterable<GreenKubeBatch<T>> {
    try {
      let batch: GreenKubeRead<T>[] = [];
      for (const line of this.#database.prepare(question).iterate()) {
        batch.push(read(line));
        if (batch.length < GREENKUBE_BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } catch (error) {
      throw sourceFailure(error);
    }
  }
}

function columnsOf(database: Database.Database): Map<string, ReadonlySet<string>> {
  const ask = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck();
  const tables = Object.keys(GREENKUBE_TABLES).map((table) => [table, new Set(ask.all(table))] as const);
  return new Map(tables.filter(([, columns]) => columns.size > 0));
}

/** The file is not Podwatt's: what is said of a damaged store would be wrong of it. */
function sourceFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { message } = storeFailure(error, 'The database of GreenKube could not be read');
  return new Failure('store', message, {
    hint: 'Check that --from names the SQLite file of a GreenKube, and that it may be read. What was imported before stays.',
    cause: error,
  });
}
