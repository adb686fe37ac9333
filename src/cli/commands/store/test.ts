import { testStore } from '../../../backend/store/open-store.ts';
import { describeStore } from '../../../backend/store/store-address.ts';
import { chosenStore } from '../../../backend/store/tools/chosen-store.ts';
import type { StoreTestResult } from '../../../contract/schemas/store.ts';
import { Failure } from '../../../model/failure.ts';
import { loadStore } from '../../../server/settings/store-setting.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { formatStoreTest } from '../../output/store-text.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { type StoreOptions, usage } from './store-options.ts';

/** `podwatt store test [URL]`: reaches a store from this process, and makes nothing there. Exit code 1 where it won't do. */
export async function storeTest(url: string | undefined, options: StoreOptions, deps: CliDeps): Promise<void> {
  const { env, workingDir } = deps.terminal;
  const { dataDir, store } = await settingsFor(options, deps.terminal);
  const named = url === undefined ? store : await usage(loadStore({ url, name: 'The address', env, workingDir }));
  const chosen = await chosenStore(dataDir, named);
  const found = await testStore(chosen);
  const result: StoreTestResult = {
    ok: found.isOk,
    kind: chosen.kind,
    location: describeStore(chosen),
    latency_ms: found.latencyMilliseconds,
    server_version: found.serverVersion,
    schema: found.schema,
    missing_rights: [...found.missingRights],
    read_only: found.isReadOnly,
    problem: found.problem?.message ?? null,
    hint: found.problem?.hint ?? null,
  };
  await print(options, deps, result, formatStoreTest(result));
  if (!found.isOk) throw new Failure('store', 'The store can not be used as it is');
}
