import type { CliDeps } from '../../cli-deps.ts';
import { formatStoreStatus } from '../../output/store-text.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { withClient } from '../with-client.ts';
import type { StoreOptions } from './store-options.ts';

/** `podwatt store status`: state, size and growth, as the running Podwatt sees it where one runs. */
export async function storeStatus(options: StoreOptions, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const status = await withClient(settings, deps, (client) => client.store.status());
  await print(options, deps, status, formatStoreStatus(status));
}
