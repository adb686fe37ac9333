import type { Kubeconfigs } from '../../collectors/kubernetes/kubeconfigs.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ContextSource } from '../../core/ports/cluster-source.ts';
import { REAL_TIMERS, type Timers } from '../scheduler/timers.ts';
import { KubeconfigConnection } from './kubeconfig-connection.ts';
import { SharedClients } from './shared-clients.ts';

export interface KubeconfigSourceOptions {
  /** Files that the person named; null means: KUBECONFIG, else `~/.kube/config`. */
  readonly paths: readonly string[] | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly random?: () => number;
}

/** The contexts of the person's kubeconfig files, each with the sources of usage and cost of its cluster. */
export function createKubeconfigSource(options: KubeconfigSourceOptions): ContextSource {
  const { env, clock, timers = REAL_TIMERS, random = Math.random } = options;
  let opened: Promise<Kubeconfigs> | null = null;
  const kubeconfigs = (): Promise<Kubeconfigs> => {
    opened ??= import('../../collectors/kubernetes/kubeconfigs.ts').then(({ createKubeconfigs }) =>
      createKubeconfigs({ ...options, nowSeconds: () => clock.nowSeconds() }),
    );
    return opened;
  };
  const clients = new SharedClients(async (contextName) => (await kubeconfigs()).open(contextName));
  return {
    hasFeed: true,
    list: async () => (await kubeconfigs()).list(),
    watch: (onChange) => {
      const watching = kubeconfigs()
        .then((files) =>
          files.watch(() => {
            clients.forgetAll();
            onChange();
          }),
        )
        .catch(() => () => undefined);
      return () => void watching.then((stop) => stop());
    },
    connect: async (contextName, settings) => {
      const client = await clients.take(contextName);
      return new KubeconfigConnection(client, settings, { env, clock, timers, random });
    },
  };
}
