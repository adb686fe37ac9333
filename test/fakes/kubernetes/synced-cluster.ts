import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKubeconfigSource } from '../../../src/backend/clusters/kubeconfig-source.ts';
import type { Log } from '../../../src/backend/log.ts';
import type { Timers } from '../../../src/backend/scheduler/timers.ts';
import type { SyncDeps } from '../../../src/backend/sync/sync-deps.ts';
import { SyncWorkers } from '../../../src/backend/sync/sync-workers.ts';
import type { Clock } from '../../../src/core/ports/clock.ts';
import { NO_OPENCOST_SETTINGS, NO_PROMETHEUS_SETTINGS } from '../../../src/core/ports/cluster-source.ts';
import type { KubernetesStore } from '../../../src/core/ports/kubernetes-store.ts';
import { MemoryStore } from '../backend/memory-store.ts';
import { type StubOptions, startStubApiServer } from './stub-api-server.ts';
import { StubObjects } from './stub-objects.ts';

type Choices = Awaited<ReturnType<SyncDeps['choicesOf']>>;

export const CHOICES: Choices = {
  connect: { prometheus: NO_PROMETHEUS_SETTINGS, openCost: NO_OPENCOST_SETTINGS },
  currency: 'USD',
};

/** Time that runs so many times faster than the clock on the wall. */
export function fastTime(factor: number, startSeconds = Date.UTC(2026, 10, 21, 9) / 1000): Clock & Timers {
  const began = performance.now();
  const passed = () => (performance.now() - began) * factor;
  return {
    nowSeconds: () => Math.floor(startSeconds + passed() / 1000),
    nowMilliseconds: passed,
    wait: (milliseconds, signal) =>
      new Promise((done) => {
        if (signal.aborted) return done();
        const timer = setTimeout(end, milliseconds / factor);
        function end() {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          done();
        }
        signal.addEventListener('abort', end);
      }),
  };
}

interface SyncedOptions extends StubOptions {
  readonly factor?: number;
  readonly choices?: Choices;
  /** When the fast time begins. */
  readonly startSeconds?: number;
}

/** A stub API server, a sync that follows it, and the store that it writes into; time runs 100 times faster. */
export async function syncedCluster(options: SyncedOptions = {}) {
  return syncInto(new MemoryStore(), options);
}

/** The same into a store of the caller, who closes it; `leases` are made up unless they are given. */
export async function syncInto<Store extends KubernetesStore>(
  into: Store,
  options: SyncedOptions = {},
  given?: SyncDeps['leases'],
) {
  const objects = options.objects ?? new StubObjects();
  const stub: StubOptions & { token?: string | null } = { token: 'right', ...options, objects };
  const server = await startStubApiServer(stub);
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-sync-'));
  const file = join(folder, 'config');
  await writeFile(file, server.kubeconfigYaml());
  const time = fastTime(options.factor ?? 100, options.startSeconds);
  const store = Object.assign(into, { isAway: false });
  const source = createKubeconfigSource({
    paths: [file],
    env: {},
    homeDir: folder,
    clock: time,
    timers: time,
    random: () => 0.5,
  });
  const warnings: string[] = [];
  const note = (fields: object | string, message?: string) => void warnings.push(message ?? String(fields));
  const log: Log = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const leases = { epoch: 1, refused: false, lost: new AbortController() };
  const deps: SyncDeps = {
    store,
    leases: given ?? {
      take: async (clusterId) =>
        leases.refused
          ? {
              kind: 'refused',
              by: { clusterId, holder: 'x', holderName: 'another', epoch: 9, expiresAtSeconds: time.nowSeconds() + 60 },
            }
          : { kind: 'held', epoch: leases.epoch, lost: leases.lost.signal },
      release: async () => undefined,
    },
    clock: time,
    timers: time,
    random: () => 0.5,
    log,
    changes: { publish: () => undefined },
    directory: {
      connect: (name, options) => source.connect(name, options),
      hasFeed: async () => source.hasFeed === true,
    },
    choicesOf: async () => options.choices ?? CHOICES,
  };
  const workers = new SyncWorkers(deps);
  const heart = setInterval(() => objects.bookmark(), 60_000 / (options.factor ?? 100));
  return {
    server,
    objects,
    store,
    source,
    time,
    warnings,
    leases,
    workers,
    deps,
    clusterId: CLUSTER_ID,
    /** From now on the API server takes this token alone; the kubeconfig shows it. */
    async changeToken(token: string) {
      stub.token = token;
      await writeFile(file, server.kubeconfigYaml({ user: { token } }));
    },
    async close() {
      clearInterval(heart);
      await workers.stopAll();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** UID of kube-system in the recording. */
const CLUSTER_ID = kubeSystemUid();

function kubeSystemUid(): string {
  const { metadata } = new StubObjects()
    .items('/api/v1/namespaces')
    .find((item) => (item.metadata as { name: string }).name === 'kube-system') as { metadata: { uid: string } };
  return metadata.uid;
}

/** Waits for what comes about by itself; fails after some seconds with what it waited for. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds = 8_000,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`It did not come about: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
