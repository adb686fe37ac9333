import type { ClusterDeps } from './clusters/session-deps.ts';
import { BoaviztaDesk } from './coefficients/boavizta-desk.ts';
import { openBoavizta } from './coefficients/open-boavizta.ts';
import type { BackendConfig, LocalState } from './config.ts';
import { GridFeeds } from './grid/grid-feeds.ts';
import { createLiveGrid } from './grid/live-grid.ts';
import { zonesInUse } from './grid/zones-in-use.ts';
import { KeyRing } from './secrets/key-ring.ts';
import { SealedSecrets } from './secrets/secrets.ts';
import { SEALED_SETTINGS, SourceChoices } from './settings/source-settings.ts';
import { WEBHOOK_SECRET } from './webhook/webhook-target.ts';

/** Services outside of the clusters; none is asked before something needs it. */
export async function openOutsideSources(
  config: BackendConfig,
  state: LocalState,
  shared: Pick<ClusterDeps, 'clock' | 'timers' | 'log' | 'store'> & { random: () => number },
) {
  const { env = process.env, gridAddresses = {} } = config;
  const { dataDir, encryptionKey, secretsKey } = config;
  const keys = new KeyRing({ dataDir, state, given: encryptionKey, host: secretsKey });
  const secrets = new SealedSecrets({
    state,
    key: async () => (await keys.inForce()).bytes,
    olderKeys: async () => (await keys.older()).map((key) => key.bytes),
  });
  const choices = await SourceChoices.open(state, secrets, config.sources ?? {});
  const isOffline = () => choices.value.offline;
  const feeds = new GridFeeds({ clock: shared.clock, addresses: gridAddresses, env, isOffline });
  const liveGrid = await createLiveGrid({
    ...shared,
    state,
    choices,
    feeds,
    zonesInUse: () => zonesInUse(shared.store, shared.clock),
  });
  const boavizta = new BoaviztaDesk({
    ...shared,
    cache: shared.store,
    settings: { boaviztaUrl: () => choices.value.boaviztaUrl, isOffline },
    open: (url) => openBoavizta(url, env, isOffline),
  });
  const sealSettingsAnew = () => secrets.sealAnew([...SEALED_SETTINGS, WEBHOOK_SECRET]);
  return { choices, feeds, liveGrid, boavizta, env, keys, secrets, sealSettingsAnew };
}
