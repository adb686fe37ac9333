import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { watch } from 'chokidar';

const QUIET_MILLISECONDS = 150;

/**
 * Calls back shortly after one of the files was written, replaced, made or removed; several changes at once are one call. A file
 * that doesn't exist yet is found through the nearest folder that does. The answer stops it.
 */
export function watchFiles(paths: readonly string[], onChange: () => void): () => void {
  const wanted = new Set(paths);
  const folders = [...new Set(paths.map((path) => nearestFolder(dirname(path))))];
  const isOnTheWay = (path: string): boolean =>
    folders.includes(path) ||
    paths.some(
      (wantedPath) => wantedPath === path || wantedPath.startsWith(path.endsWith(sep) ? path : `${path}${sep}`),
    );
  const watcher = watch(folders, { ignoreInitial: true, ignored: (path) => !isOnTheWay(path) });
  let timer: NodeJS.Timeout | null = null;
  watcher.on('all', (_event, path) => {
    if (!wanted.has(path)) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MILLISECONDS);
  });
  // A folder that may not be watched must not end the process; the list is still read afresh when asked for.
  watcher.on('error', () => undefined);
  return () => {
    if (timer !== null) clearTimeout(timer);
    void watcher.close();
  };
}

function nearestFolder(folder: string): string {
  let current = folder;
  while (!existsSync(current) && dirname(current) !== current) current = dirname(current);
  return current;
}
