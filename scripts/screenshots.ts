// `npm run screenshots`: takes the pictures in docs/screenshots anew, from the sample cluster and from a kubeconfig
// with contexts that work and that don't; and from a store that went away.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import playwright from '../playwright.config.ts';
import { startLiveCluster } from '../test/e2e/support/live-cluster.ts';
import { settled } from '../test/e2e/support/page-checks.ts';
import { startPodwatt } from '../test/e2e/support/podwatt-process.ts';
import { startPostgres } from '../test/services/postgres.ts';
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
  { name: 'recommendations', path: '/recommendations?detail=0' },
  { name: 'recommendations-1920', path: '/recommendations', wide: true },
  { name: 'score', path: '/?score=1' },
  { name: 'reports', path: '/reports' },
  { name: 'grid', path: '/grid' },
  { name: 'costs', path: '/costs?by=namespace' },
  { name: 'how-sure', path: '/quality' },
  { name: 'explain', path: '/?explain=carbon' },
  { name: 'clusters', path: '/clusters' },
  { name: 'cluster', path: '/clusters', prepare: openFirstCluster },
  { name: 'settings', path: '/settings?section=storage' },
  { name: 'settings-sources', path: '/settings?section=sources' },
  { name: 'settings-method', path: '/settings?section=factors' },
  { name: 'settings-tokens', path: '/settings?section=tokens' },
  { name: 'settings-retention', path: '/settings?section=retention' },
  { name: 'export', path: '/', prepare: (page) => page.getByRole('button', { name: 'Export' }).click() },
];

/** On a PostgreSQL that is stopped once the page has its figures. */
const OF_STORE_AWAY: readonly Shot[] = [
  { name: 'store-away', path: '/' },
  { name: 'settings-away', path: '/settings?section=storage' },
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
    for (const shot of shots) {
      const page = await openPage(browser, url, shot, theme);
      await page.screenshot({ path: join(FOLDER, `${shot.name}-${theme}.png`) });
      await page.close();
    }
  }
}

async function openFirstCluster(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^(Healthy|Degraded|Critical|Unknown)/ })
    .first()
    .click();
  await settled(page);
}

/** The first analysis comes soon after the history; until then several pages have nothing to show. */
async function analysed(url: string): Promise<void> {
  for (;;) {
    const answer = (await (await fetch(new URL('/api/v1/recommendations', url))).json()) as {
      analysed_at: string | null;
    };
    if (answer.analysed_at !== null) return;
    await sleep(1000);
  }
}

async function openPage(browser: Browser, url: string, shot: Shot, theme: (typeof THEMES)[number]): Promise<Page> {
  const viewport = shot.wide === true ? { width: 1920, height: 1080 } : { width: 1440, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme: theme, locale: 'en-GB', timezoneId: 'Europe/Paris' });
  await page.goto(new URL(shot.path, url).href);
  await settled(page);
  await shot.prepare?.(page);
  await page.waitForTimeout(500);
  return page;
}

/** The pages are opened while the store is there, so that they show what stays on screen. */
async function takeWithoutStore(browser: Browser): Promise<void> {
  const server = await startPostgres();
  const podwatt = await startPodwatt(['demo', '--no-auth'], {
    env: { PODWATT_STORE: `${server.url}/${await server.createDatabase()}` },
  });
  const opened: [Page, string][] = [];
  for (const theme of THEMES) {
    for (const shot of OF_STORE_AWAY) {
      opened.push([await openPage(browser, podwatt.url, shot, theme), `${shot.name}-${theme}.png`]);
    }
  }
  await server.stop('immediate');
  for (const [page, file] of opened) {
    await page.getByRole('region', { name: 'Storage is away' }).waitFor({ timeout: 120_000 });
    await page.screenshot({ path: join(FOLDER, file) });
    await page.close();
  }
  await podwatt.stop();
  await server.remove();
}

await ensureBuilt();
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const sample = await startPodwatt(['demo', '--no-auth']);
await analysed(sample.url);
await take(browser, sample.url, OF_SAMPLE);
await sample.stop();
await takeWithoutStore(browser);
const cluster = await startLiveCluster();
const files = ['config', 'broken', 'no-user'].map((name) => join(dirname(cluster.kubeconfig), name));
const live = await startPodwatt(['serve', '--no-auth', ...files.flatMap((file) => ['--kubeconfig', file])]);
await take(browser, live.url, OF_KUBECONFIG);
await live.stop();
await cluster.stop();
await browser.close();
