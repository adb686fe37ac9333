import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../backend/log.ts';
import { Failure } from '../../model/failure.ts';
import { createLocalClient } from '../../server/client.ts';
import type { HostedBackend } from '../../server/hosted-backend.ts';
import type { CliDeps } from '../cli-deps.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { runServer } from './serve.ts';

/** `podwatt demo`: serve with the sample cluster and its history, in a folder of its own that goes when it ends. */
export async function demo(options: SharedOptions, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const isOwnFolder = options.dataDir === undefined;
  const dataDir = isOwnFolder ? await mkdtemp(join(tmpdir(), 'podwatt-demo-')) : settings.dataDir;
  // Other contexts are only there where somebody asks for them: a demo must not touch real clusters by itself.
  const sources = options.context === undefined && options.kubeconfig === undefined ? 'sample' : 'all';
  const { terminal } = deps;
  try {
    await runServer({
      settings: { ...settings, dataDir, contexts: sources === 'all' ? settings.contexts : [] },
      deps,
      sources,
      prepare: (hosted, log) => readHistory(hosted, log, settings.backfill, terminal.stopSignal),
    });
  } finally {
    if (isOwnFolder) await rm(dataDir, { recursive: true, force: true });
  }
}

/** Switches the sample on and waits until its history is there. */
async function readHistory(hosted: HostedBackend, log: Log, backfill: string, signal: AbortSignal): Promise<void> {
  const client = createLocalClient(hosted.router, log);
  const { contexts } = await client.contexts.list();
  const sample = contexts.find((context) => context.is_sample);
  if (sample === undefined) throw new Failure('unexpected', 'The sample cluster is missing');
  const { cluster_id } = await client.contexts.setCollecting({ context: sample.name, collecting: true, backfill });
  try {
    for await (const progress of await client.clusters.progress({ cluster: cluster_id }, { signal })) {
      if (progress.state === 'failed') {
        const hint = progress.message?.hint;
        throw new Failure(
          'unexpected',
          progress.message?.message ?? 'The sample could not be read',
          hint == null ? {} : { hint },
        );
      }
      if (progress.state === 'done' || progress.state === 'stopped') return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
