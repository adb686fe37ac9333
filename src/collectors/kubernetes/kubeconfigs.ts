import type { ContextListing } from '../../core/ports/cluster-source.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { credentialsOf } from './auth/credentials-of.ts';
import { createSharedSignIns } from './auth/shared-sign-ins.ts';
import { describeContext } from './kubeconfig/describe-context.ts';
import { parseKubeconfig, readKubeconfigFile } from './kubeconfig/kubeconfig-file.ts';
import { type MergedKubeconfig, mergeKubeconfigs } from './kubeconfig/merge.ts';
import { kubeconfigPaths } from './kubeconfig/paths.ts';
import { resolveContext } from './kubeconfig/resolve-context.ts';
import { checkMaterial } from './kubeconfig/tls-material.ts';
import { watchFiles } from './kubeconfig/watch-files.ts';
import { createKubernetesClient, type KubernetesClient } from './kubernetes-client.ts';

export interface KubeconfigsOptions {
  /** Files that the person named; null means: KUBECONFIG, else `~/.kube/config`. */
  readonly paths: readonly string[] | null;
  /** A kubeconfig that no file holds; `paths` are not read then. */
  readonly text?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly nowSeconds?: () => EpochSeconds;
  readonly pluginTimeoutMilliseconds?: number;
  readonly isOffline?: () => boolean;
}

/** The contexts of the person's kubeconfig files. Files are read anew for each call, so that a change holds at once. */
export interface Kubeconfigs {
  list(): Promise<ContextListing>;
  watch(onChange: () => void): () => void;
  /** Nothing is sent yet. Throws `Failure` where the context can't be used. */
  open(contextName: string): Promise<KubernetesClient>;
}

export function createKubeconfigs(options: KubeconfigsOptions): Kubeconfigs {
  const { text } = options;
  const paths = text === undefined ? kubeconfigPaths(options) : [];
  const nowSeconds = options.nowSeconds ?? (() => Math.floor(Date.now() / 1000));
  const shared = createSharedSignIns();
  const read = async (): Promise<MergedKubeconfig> =>
    mergeKubeconfigs(
      text === undefined ? await Promise.all(paths.map(readKubeconfigFile)) : [parseKubeconfig('The kubeconfig', text)],
    );
  return {
    async list() {
      const merged = await read();
      return {
        files: merged.files.map(({ path, problem }) => ({ path, problem })),
        contexts: await Promise.all([...merged.contexts.values()].map((entry) => describeContext(merged, entry))),
      };
    },
    watch: (onChange) => watchFiles(paths, onChange),
    async open(contextName) {
      const context = resolveContext(await read(), contextName);
      await checkMaterial(context);
      const source = credentialsOf(context, {
        env: options.env,
        shared,
        nowMilliseconds: () => nowSeconds() * 1000,
        ...(options.pluginTimeoutMilliseconds === undefined
          ? {}
          : { timeoutMilliseconds: options.pluginTimeoutMilliseconds }),
      });
      return createKubernetesClient(context, source, {
        env: options.env,
        nowSeconds,
        ...(options.isOffline === undefined ? {} : { isOffline: options.isOffline }),
      });
    },
  };
}
