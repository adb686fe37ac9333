import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStore } from '../../backend/store/store-address.ts';
import type { CliDeps } from '../cli-deps.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { runServer } from './serve.ts';

/**
 * `podwatt demo`: serve with the sample cluster and its history, in a folder of its own that goes when it ends. Where a
 * store is set, the sample's rows go there and stay.
 */
export async function demo(options: SharedOptions, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const isOwnFolder = options.dataDir === undefined;
  const dataDir = isOwnFolder ? await mkdtemp(join(tmpdir(), 'podwatt-demo-')) : settings.dataDir;
  // Other contexts are only there where somebody asks for them: a demo must not touch real clusters by itself.
  const isAlone = options.context === undefined && options.kubeconfig === undefined;
  if (settings.store !== null) {
    deps.terminal.writeError(`The rows of the sample cluster are kept in ${describeStore(settings.store.settings)}.\n`);
  }
  try {
    await runServer({
      settings: { ...settings, dataDir, ...(isAlone ? { contexts: [], prometheusUrls: {} } : {}) },
      deps,
      sources: isAlone ? 'sample' : 'all',
      startsSample: true,
    });
  } finally {
    if (isOwnFolder) await rm(dataDir, { recursive: true, force: true });
  }
}
