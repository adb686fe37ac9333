import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** Entries of threads, named as `workerUrl` asks for them. */
const ENTRIES = {
  'results-worker': 'src/storage/sqlite/results-worker.ts',
  'analysis-worker': 'src/backend/recommendations/analysis-worker.ts',
};

/** The threads of the product, bundled from the sources as they are: for what runs from source. */
export interface BundledThreads {
  /** For PODWATT_THREADS. */
  readonly folder: string;
  remove(): void;
}

export async function bundleThreads(): Promise<BundledThreads> {
  // Within the project, so that packages are found; of this process alone, so that two runs are not in each other's way.
  const folder = join(root, 'node_modules', '.cache', `podwatt-threads-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        input: ENTRIES,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
