import type { PostgresSettings, StoreTest } from '../../core/ports/store-settings.ts';
import { type Failure, isFailure } from '../../model/failure.ts';
import { numberIn } from '../sql/sums.ts';
import { connectFirst } from './connect-first.ts';
import { serverVersionOf } from './info.ts';
import { versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { postgresFailure } from './postgres-failure.ts';
import { type Rights, readRights } from './rights.ts';
import { refuseOld } from './server-version.ts';
import { Session } from './session.ts';

const NOTHING: StoreTest = {
  isOk: false,
  latencyMilliseconds: null,
  serverVersion: null,
  schema: null,
  missingRights: [],
  isReadOnly: false,
  problem: null,
};

/** Looks whether the store could be opened with these settings, and how well. Nothing is made or changed. */
export async function testPostgres(settings: PostgresSettings): Promise<StoreTest> {
  let found = NOTHING;
  try {
    const { client } = await connectFirst(settings);
    try {
      const session = new Session(client);
      const started = performance.now();
      const [line = {}] = await session.query(
        `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::integer AS number,
           pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS reads_only`,
      );
      const latencyMilliseconds = performance.now() - started;
      found = { ...found, latencyMilliseconds, serverVersion: serverVersionOf(String(line.version)) };
      refuseOld(numberIn(line, 'number'));
      const rights = await readRights(session, settings.schema);
      found = { ...found, missingRights: rights.missing };
      // Who may not even read can't be told what is there.
      const schema = rights.mayRead ? stateOf(await versionOf(client, settings.schema)) : null;
      return { ...found, schema, ...judge(schema, rights, line.reads_only === true, settings.schema) };
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    return { ...found, problem: problemOf(isFailure(error) ? error : postgresFailure(error)) };
  }
}

function stateOf(version: number): 'new' | 'current' | 'older' | 'newer' {
  const known = MIGRATIONS.at(-1)?.version ?? 0;
  if (version === 0) return 'new';
  if (version === known) return 'current';
  return version < known ? 'older' : 'newer';
}

function judge(
  schema: StoreTest['schema'],
  rights: Rights,
  readsOnly: boolean,
  name: string,
): Pick<StoreTest, 'isOk' | 'isReadOnly' | 'problem'> {
  const isReadOnly = rights.mayRead && (readsOnly || !rights.mayWrite);
  const wrong = (message: string, hint: string) => ({ isOk: false, isReadOnly, problem: { message, hint } });
  switch (schema) {
    case null:
      return wrong('The user may not read this schema', `Grant what is missing: ${rights.missing.join(', ')}.`);
    case 'newer':
      return wrong('A newer Podwatt made this store', 'Install the newest Podwatt, or choose another schema.');
    case 'new':
    case 'older':
      if (rights.mayCreate && !readsOnly) return { isOk: true, isReadOnly: false, problem: null };
      return wrong(
        schema === 'new'
          ? `There is no store in schema ${name}, and it can't be made`
          : 'The store can not be brought up to date',
        readsOnly ? 'Point Podwatt at the primary server.' : `Grant what is missing: ${rights.missing.join(', ')}.`,
      );
    case 'current':
      return { isOk: true, isReadOnly, problem: null };
  }
}

function problemOf({ message, hint }: Failure): { message: string; hint: string | null } {
  return { message, hint };
}
