import { homedir } from 'node:os';
import type { Clock } from '../core/ports/clock.ts';
import type { ContextSource } from '../core/ports/cluster-source.ts';

export { SAMPLE_CONTEXT } from './clusters/sample-source.ts';

export interface ContextSourcesOptions {
  /** Contexts of kubeconfig files and the sample, or the sample alone. */
  readonly sources: 'all' | 'sample';
  /** Files in place of KUBECONFIG; empty: KUBECONFIG, then the file in the home folder. */
  readonly kubeconfigFiles: readonly string[];
  readonly dataTablesDir: string;
}

/** Where a host's contexts come from. What isn't asked for isn't even loaded. */
export async function createContextSources(options: ContextSourcesOptions): Promise<ContextSource[]> {
  const { sources, kubeconfigFiles, dataTablesDir } = options;
  const clock: Clock = { nowSeconds: () => Math.floor(Date.now() / 1000) };
  const { createSampleSource } = await import('./clusters/sample-source.ts');
  const sample = await createSampleSource({ clock, dataDir: dataTablesDir });
  if (sources === 'sample') return [sample];
  const { createKubeconfigSource } = await import('./clusters/kubeconfig-source.ts');
  const paths = kubeconfigFiles.length > 0 ? kubeconfigFiles : null;
  return [createKubeconfigSource({ paths, env: process.env, homeDir: homedir(), clock }), sample];
}
