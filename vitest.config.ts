import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;
const alias = { electron: resolve(here, 'test/fakes/electron/electron.ts') };
const node = {
  environment: 'node' as const,
  setupFiles: [resolve(here, 'test/setup/skips.ts')],
  globalSetup: [resolve(here, 'test/setup/servers.ts'), resolve(here, 'test/setup/threads.ts')],
};

export default defineConfig({
  plugins: [react()],
  resolve: { alias },
  test: {
    reporters: ['default'],
    // Much of a run is waiting for servers and processes: two at a time, also on two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { ...node, name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/unit/**/*.test.tsx'],
          setupFiles: [resolve(here, 'test/setup/dom.ts')],
        },
      },
      { extends: true, test: { ...node, name: 'contract', include: ['test/contract/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          ...node,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...node,
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          testTimeout: 1_200_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
