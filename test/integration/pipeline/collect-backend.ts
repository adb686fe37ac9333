import { resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createKubeconfigSource } from '../../../src/backend/clusters/kubeconfig-source.ts';
import { type Backend, createBackend } from '../../../src/backend/create-backend.ts';
import type { CollectResult } from '../../../src/contract/schemas/collect.ts';

export interface CollectSetup {
  readonly dataDir: string;
  readonly kubeconfig: string;
  readonly nowSeconds: number;
}

export const CONTEXT = 'test';

/** The product's backend on a kubeconfig file, with a fixed clock. */
export async function openBackend(setup: CollectSetup): Promise<Backend> {
  const clock = { nowSeconds: () => setup.nowSeconds };
  return createBackend({
    dataDir: setup.dataDir,
    dataTablesDir: resolve(import.meta.dirname, '../../../resources/data'),
    version: '0.0.0-test',
    clock,
    contextSources: [createKubeconfigSource({ paths: [setup.kubeconfig], env: {}, homeDir: setup.dataDir, clock })],
  });
}

/** `podwatt collect --last …` in this process. */
export async function collectOnce(setup: CollectSetup, last: string): Promise<CollectResult> {
  const backend = await openBackend(setup);
  try {
    const client = createRouterClient(backend.router);
    let result: CollectResult | null = null;
    for await (const event of await client.contexts.collect({ context: CONTEXT, last })) {
      if (event.kind === 'result') result = event.result;
    }
    if (result === null) throw new Error('collect ended without a result');
    return result;
  } finally {
    await backend.stop();
  }
}
