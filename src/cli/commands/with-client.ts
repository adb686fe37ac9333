import { findOwner, takeOwnership } from '../../backend/ownership/ownership.ts';
import { describeStore } from '../../backend/store/store-address.ts';
import { type Client, createLocalClient, createRemoteClient } from '../../server/client.ts';
import type { Settings } from '../../server/settings/load-settings.ts';
import type { CliDeps } from '../cli-deps.ts';
import { backendOptions } from './backend-options.ts';

/**
 * Gives a command its client: of the Podwatt that owns the data folder, where one runs, else of a backend in this
 * process, which owns the folder until the command ends. A backend made for one command collects nothing by itself.
 */
export async function withClient<T>(
  settings: Settings,
  deps: CliDeps,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const owner = await findOwner(settings.dataDir);
  if (owner !== null && owner.address !== null) {
    const client = createRemoteClient({ address: owner.address, token: owner.token });
    warnOfIgnored([...ignoredOf(settings), ...(await ignoredStore(settings, client))], deps, owner.address);
    return use(client);
  }
  const log = await deps.createLog(settings.logLevel ?? 'warn');
  const ownership = await takeOwnership(settings.dataDir);
  try {
    const backend = await deps.createBackend({
      ...backendOptions(settings, deps, log),
      sources: 'all',
      startsSample: false,
    });
    try {
      return await use(createLocalClient(backend.router, log));
    } finally {
      await backend.stop();
    }
  } finally {
    await ownership.release();
  }
}

function ignoredOf(settings: Settings): readonly string[] {
  return [
    ...(settings.kubeconfigFiles.length > 0 ? ['kubeconfig'] : []),
    ...(Object.keys(settings.prometheusUrls).length > 0 ? ['prometheus'] : []),
  ];
}

/** A running Podwatt that was given the same store leaves nothing out. */
async function ignoredStore({ store }: Settings, client: Client): Promise<readonly string[]> {
  if (store === null) return [];
  const { location } = await client.store.status();
  return location === describeStore(store.settings) ? [] : ['store'];
}

function warnOfIgnored(ignored: readonly string[], deps: CliDeps, address: string): void {
  if (ignored.length === 0) return;
  deps.terminal.writeError(
    `Podwatt runs at ${address} and answers with its own settings: ${ignored.join(' and ')} given here are left out.\n`,
  );
}
