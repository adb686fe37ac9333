import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/**
 * electron-vite makes each address of a built page relative. Pages lie deeper than one step (`/clusters/<id>`), and a
 * reload there would ask for `/clusters/assets/…`.
 */
const rootBase = {
  name: 'root-base',
  config: (config: { base?: string }) => {
    config.base = '/';
  },
};

// All Node entries and their chunks land flat in out/main: a worker is found beside whichever chunk starts it.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: false,
      rollupOptions: {
        input: {
          index: resolve(here, 'src/main/index.ts'),
          'backend-entry': resolve(here, 'src/main/backend-entry.ts'),
          cli: resolve(here, 'src/cli/main.ts'),
          'analysis-worker': resolve(here, 'src/backend/recommendations/analysis-worker.ts'),
          'results-worker': resolve(here, 'src/storage/sqlite/results-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    plugins: [rootBase, react(), tailwindcss()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      minify: true,
      // Inlined assets would need data: in the CSP.
      assetsInlineLimit: 0,
      rollupOptions: { input: resolve(here, 'src/renderer/index.html') },
    },
  },
});
