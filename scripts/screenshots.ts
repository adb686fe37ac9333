// `npm run screenshots`: takes the pictures in docs/screenshots anew, from the sample cluster and from a kubeconfig
// with contexts that work and that don't.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import playwright from '../playwright.config.ts';
import { startLiveCluster } from '../test/e2e/support/live-cluster.ts';
import { settled } from '../test/e2e/support/page-checks.ts';
import { startPodwatt } from '../test/e2e/support/podwatt-process.ts';
import { ensureBuilt } from './build.mjs';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly prepare?: (page: Page) => Promise<void>;
  readonly wide?: boolean;
}

const FOLDER = 'docs/screenshots';
const THEMES = ['light', 'dark'] as const;

const OF_SAMPLE: readonly Shot[] = [
  { name: 'overview', path: '/' },
  { name: 'overview-1920', path: '/', wide: true },
  {
    name: 'overview-table',
    path: '/',
    prepare: (page) => page.getByRole('button', { name: /table/i }).first().click(),
  },
  { name: 'explore', path: '/explore' },
  { name: 'explore-workloads', path: '/explore?namespace=shop-prod' },
  { name: 'nodes', path: '/nodes' },
  { name: 'clusters', path: '/clusters' },
  { name: 'export', path: '/', prepare: (page) => page.getByRole('button', { name: 'Export' }).click() },
];

const OF_KUBECONFIG: readonly Shot[] = [
  { name: 'first-run', path: '/first-run' },
  {
    name: 'first-run-check',
    path: '/first-run?context=prod-eu-west-3',
    prepare: (page) => page.getByRole('button', { name: 'Read the last 7 days' }).waitFor(),
  },
  { name: 'clusters-broken', path: '/clusters' },
];

async function take(browser: Browser, url: string, shots: readonly Shot[]): Promise<void> {
  for (const theme of THEMES) {
    for (const { name, path, prepare, wide } of shots) {
      const viewport = wide === true ? { width: 1920, height: 1080 } : { width: 1440, height: 900 };
      const page = await browser.newPage({ viewport, colorScheme: theme, locale: 'en-GB', timezoneId: 'Europe/Paris' });
      await page.goto(new URL(path, url).href);
      await settled(page);
      await prepare?.(page);
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`) });
      await page.close();
    }
  }
}

await ensureBuilt();
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const sample = await startPodwatt(['demo', '--no-auth']);
await take(browser, sample.url, OF_SAMPLE);
await sample.stop();
const cluster = await startLiveCluster();
const files = ['config', 'broken', 'no-user'].map((name) => join(dirname(cluster.kubeconfig), name));
const live = await startPodwatt(['serve', '--no-auth', ...files.flatMap((file) => ['--kubeconfig', file])]);
await take(browser, live.url, OF_KUBECONFIG);
await live.stop();
await cluster.stop();
await browser.close();
