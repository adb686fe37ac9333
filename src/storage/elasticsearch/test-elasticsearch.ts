import type { ElasticsearchSettings, StoreTest } from '../../core/ports/store-settings.ts';
import { isFailure } from '../../model/failure.ts';
import { clientFor } from './client.ts';
import { failureOf } from './failures.ts';
import { IndexNames } from './index-names.ts';
import { Requests } from './requests.ts';
import { missingRights } from './rights.ts';
import { SCHEMA_VERSION, storedVersion } from './schema.ts';
import { readVersion } from './store-info.ts';

const NOT_REACHED: StoreTest = {
  isOk: false,
  latencyMilliseconds: null,
  serverVersion: null,
  schema: null,
  missingRights: [],
  isReadOnly: false,
  problem: null,
};

/** Tries a store without making or changing anything. */
export async function testElasticsearch(settings: ElasticsearchSettings): Promise<StoreTest> {
  const requests = new Requests(clientFor(settings), { ...NO_RETRIES });
  const names = new IndexNames(settings.indexPrefix);
  let known = NOT_REACHED;
  try {
    const serverVersion = await readVersion({ requests });
    // Again, as the first one also made the connection.
    const before = performance.now();
    await readVersion({ requests });
    known = { ...known, serverVersion, latencyMilliseconds: performance.now() - before };
    const { reading, writing } = await missingRights(requests, names);
    known = {
      ...known,
      missingRights: [...reading, ...writing],
      isReadOnly: reading.length === 0 && writing.length > 0,
    };
    const version = reading.length > 0 ? null : await storedVersion(requests, names);
    const schema = reading.length > 0 ? null : schemaOf(version);
    return { ...known, schema, ...verdict(schema, reading, writing) };
  } catch (error) {
    const { message, hint } = isFailure(error) ? error : failureOf(error);
    return { ...known, problem: { message, hint } };
  } finally {
    await requests.close();
  }
}

const NO_RETRIES = { tries: 0, firstMilliseconds: 0, mostMilliseconds: 0, random: () => 0 };

function schemaOf(version: number | null): StoreTest['schema'] {
  if (version === null) return 'new';
  if (version === SCHEMA_VERSION) return 'current';
  return version < SCHEMA_VERSION ? 'older' : 'newer';
}

function verdict(
  schema: StoreTest['schema'],
  reading: readonly string[],
  writing: readonly string[],
): Pick<StoreTest, 'isOk' | 'problem'> {
  const problem = (message: string, hint: string): Pick<StoreTest, 'isOk' | 'problem'> => ({
    isOk: false,
    problem: { message, hint },
  });
  if (reading.length > 0)
    return problem('The user may not read the indices.', 'Give the user the rights that are missing.');
  if (schema === 'newer') {
    return problem('A newer Podwatt made this store.', 'Install the newest Podwatt, or set another index prefix.');
  }
  if (writing.length > 0 && schema !== 'current') {
    return problem(
      'The user may only read, and the store is not ready yet.',
      'Start Podwatt once with a user who may write.',
    );
  }
  return { isOk: true, problem: null };
}
