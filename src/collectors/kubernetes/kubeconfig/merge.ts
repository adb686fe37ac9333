import type { Entry, KubeconfigFile } from './kubeconfig-file.ts';
import type { ClusterSection, ContextSection, UserSection } from './schema.ts';

/** Several files as one, by kubectl's rule: the first file that names something wins. */
export interface MergedKubeconfig {
  readonly files: readonly KubeconfigFile[];
  readonly currentContext: string | null;
  readonly clusters: ReadonlyMap<string, Entry<ClusterSection>>;
  readonly users: ReadonlyMap<string, Entry<UserSection>>;
  readonly contexts: ReadonlyMap<string, Entry<ContextSection>>;
}

export function mergeKubeconfigs(files: readonly KubeconfigFile[]): MergedKubeconfig {
  return {
    files,
    currentContext: files.find((file) => file.currentContext !== null)?.currentContext ?? null,
    clusters: firstByName(files.flatMap((file) => file.clusters)),
    users: firstByName(files.flatMap((file) => file.users)),
    contexts: firstByName(files.flatMap((file) => file.contexts)),
  };
}

function firstByName<Section>(entries: readonly Entry<Section>[]): ReadonlyMap<string, Entry<Section>> {
  const byName = new Map<string, Entry<Section>>();
  for (const entry of entries) {
    if (!byName.has(entry.name)) byName.set(entry.name, entry);
  }
  return byName;
}
