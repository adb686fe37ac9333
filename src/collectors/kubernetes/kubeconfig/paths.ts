import { delimiter, join, resolve } from 'node:path';

interface PathOptions {
  /** Files that the person named; null means: as kubectl does. */
  readonly paths: readonly string[] | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
}

/** The kubeconfig files to read, in order, each once: those given, else the list in KUBECONFIG, else `~/.kube/config`. */
export function kubeconfigPaths(options: PathOptions): readonly string[] {
  const listed = (options.env.KUBECONFIG ?? '').split(delimiter).filter((path) => path.trim() !== '');
  const chosen = options.paths ?? (listed.length > 0 ? listed : [join(options.homeDir, '.kube', 'config')]);
  return [...new Set(chosen.map((path) => resolve(expandHome(path, options.homeDir))))];
}

function expandHome(path: string, homeDir: string): string {
  return path === '~' || path.startsWith('~/') ? join(homeDir, path.slice(1)) : path;
}
