import type { CliDeps } from '../cli-deps.ts';
import { formatContexts } from '../output/contexts-text.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { print } from './print.ts';
import { withClient } from './with-client.ts';

/** `podwatt contexts`: which contexts the kubeconfig files hold, and what is wrong with those that can't be used. */
export async function contexts(options: SharedOptions & { json?: boolean }, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const found = await withClient(settings, deps, (client) => client.contexts.list());
  await print(options, deps, found, formatContexts(found));
}
