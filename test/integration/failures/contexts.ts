import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createKubeconfigSource } from '../../../src/backend/clusters/kubeconfig-source.ts';
import type { BackendConfig } from '../../../src/backend/config.ts';
import { type Backend, createBackend } from '../../../src/backend/create-backend.ts';
import type { RawObject } from '../../fakes/kubernetes/recordings.ts';
import { type StubApiServer, type StubOptions, startStubApiServer } from '../../fakes/kubernetes/stub-api-server.ts';
import { cluster, NOW_SECONDS } from '../pipeline/day-cluster.ts';

/** Closed after the suite, the last one first. */
export class Closing {
  readonly #open: { close(): Promise<void> | void }[] = [];

  add<One extends { close(): Promise<void> | void }>(one: One): One {
    this.#open.push(one);
    return one;
  }

  async close(): Promise<void> {
    for (const one of this.#open.splice(0).reverse()) await one.close();
  }

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'podwatt-failures-'));
    this.add({ close: () => rm(path, { recursive: true, force: true }) });
    return path;
  }
}

const items = (list: { readonly items: readonly object[] }): RawObject[] => list.items.map((item) => ({ ...item }));
let clusters = 0;

/** An API server of the integration cluster under an identity of its own, with `prometheus` behind its service proxy. */
export async function startApi(prometheus: string | null, options: StubOptions = {}): Promise<StubApiServer> {
  const { nodes, pods, namespaces, services, replicaSets, jobs } = cluster.lists;
  clusters += 1;
  const uid = `00000000-0000-4000-8000-${String(clusters).padStart(12, '0')}`;
  const named = items(namespaces).map((item) => {
    const metadata = item['metadata'] as RawObject;
    return metadata['name'] === 'kube-system' ? { ...item, metadata: { ...metadata, uid } } : item;
  });
  return startStubApiServer({
    nodes: items(nodes),
    pods: items(pods),
    namespaces: named,
    services: items(services),
    replicaSets: items(replicaSets),
    jobs: items(jobs),
    claims: [],
    storageClasses: [],
    token: 'valid',
    backends: prometheus === null ? {} : { 'monitoring/prometheus-server': prometheus },
    ...options,
  });
}

/** The text of a 403 as the API server's access rules give it. */
export function forbidden(resource: string): { status: number; body: RawObject } {
  const message = `${resource} is forbidden: User "reader" cannot use resource "${resource}" in API group ""`;
  return {
    status: 403,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'Forbidden', code: 403 },
  };
}

export interface OpenedBackend {
  readonly backend: Backend;
  readonly client: ReturnType<typeof clientOf>;
  readonly dataDir: string;
}

export function clientOf(backend: Backend) {
  return createRouterClient(backend.router);
}

/** A backend on kubeconfig texts, each in a file of its own. */
export async function openBackend(
  closing: Closing,
  kubeconfigs: readonly string[],
  config: Partial<BackendConfig> = {},
): Promise<OpenedBackend> {
  const folder = await closing.folder();
  const paths = await Promise.all(
    kubeconfigs.map(async (text, index) => {
      const path = join(folder, `kubeconfig-${index}.yaml`);
      await writeFile(path, text);
      return path;
    }),
  );
  const clock = config.clock ?? { nowSeconds: () => NOW_SECONDS };
  const dataDir = join(folder, 'data');
  const backend = await createBackend({
    dataDir,
    dataTablesDir: resolve(import.meta.dirname, '../../../resources/data'),
    version: '0.0.0-test',
    contextSources: [
      createKubeconfigSource({
        paths,
        env: { PATH: process.env['PATH'] },
        homeDir: folder,
        clock,
        ...(config.timers === undefined ? {} : { timers: config.timers }),
      }),
    ],
    backfillSeconds: 6 * 3600,
    ...config,
    clock,
  });
  closing.add({ close: () => backend.stop() });
  return { backend, client: clientOf(backend), dataDir };
}
