import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { expect, type Page, test } from '@playwright/test';
import { chromiumOptions } from '../../playwright.config.ts';
import { ensureBuilt } from '../../scripts/build.mjs';
import type { Contract } from '../../src/contract/contract.ts';
import { PAGE_POLICY } from '../../src/contract/page-policy.ts';
import { exactQuantity, formatCarbonLong } from '../../src/renderer/format/quantity.ts';
import { type AppPages, PAGE_ARGS, PAGE_URL, serveAppPages } from './support/desktop/app-pages.ts';
import { createDesktopBackend, type DesktopBackend } from './support/desktop/desktop-backend.ts';
import { type PreloadPart, playPreload } from './support/desktop/preload-part.ts';
import { expectAccessible, watchErrors } from './support/page-checks.ts';

test.use({ launchOptions: { ...chromiumOptions, args: [...chromiumOptions.args, ...PAGE_ARGS] } });

let backend: DesktopBackend;
let pages: AppPages;
let part: PreloadPart;
/** What main does when a page says that it listens. */
let onReady: () => Promise<void>;

test.beforeAll(ensureBuilt);
test.beforeEach(async ({ page }) => {
  backend = await createDesktopBackend();
  await backend.start();
  pages = await serveAppPages(page);
  part = await playPreload(page, () => void onReady());
  onReady = async () => backend.connect(await part.connect());
});
test.afterEach(async () => {
  part?.close();
  await pages?.close();
  await backend?.stop();
});

/** A client of the test's own, on a port of its own. */
function askBackend() {
  const { port1, port2 } = new MessageChannel();
  backend.connect(port2);
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 }));
  port1.start();
  return { client, close: () => port1.close() };
}

/** The page shows the carbon that the router answers now; a window that ends in between is waited for. */
async function expectRoutersCarbon(page: Page): Promise<void> {
  const { client, close } = askBackend();
  await expect(async () => {
    const { total_co2e_all_scopes: grams } = await client.metrics.summary({ last: '7d' });
    expect(grams).toBeGreaterThan(1000);
    const { value, unit } = formatCarbonLong(grams);
    // The figure, and the button in it that explains it.
    const figure = page.getByTitle(exactQuantity('carbon', grams)).first();
    await expect(figure).toHaveText(`${value}${unit}`, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  close();
}

const callsOf = (paths: readonly string[], name: string) => paths.filter((path) => path === name).length;
const calls = () =>
  part.sent.flatMap((frame) => (JSON.parse(frame) as { p?: { u?: string } }).p?.u?.split('?')[0] ?? []);

test('figures come over the port; after a crash a new port goes on; a backend that stays down is said', async ({
  page,
}) => {
  const errors = watchErrors(page);
  const { client, close } = askBackend();
  await client.contexts.setCollecting({ context: 'sample', collecting: true, backfill: '7d' });
  close();
  await test.step('the page shows what the router answers', async () => {
    await page.goto(PAGE_URL);
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
    await expectRoutersCarbon(page);
    expect(calls()).toContain('/metrics/summary');
    await expectAccessible(page);
  });

  await test.step('a port that died leaves the figures; the next one asks again', async () => {
    const before = callsOf(calls(), '/metrics/summary');
    await backend.crash();
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
    await expect(page.getByText('kg CO₂e').first()).toBeVisible();
    await backend.start();
    await onReady();
    await expect.poll(() => callsOf(calls(), '/metrics/summary')).toBeGreaterThan(before);
    await expectRoutersCarbon(page);
  });

  await test.step('a backend that stays down is said with its reason', async () => {
    await backend.crash();
    await part.down('It ended 3 times in a row (exit code 9)');
    const dialog = page.getByRole('alertdialog', { name: 'The collector has stopped' });
    await expect(dialog).toContainText('Your figures are safe');
    await expect(dialog).toContainText('It ended 3 times in a row (exit code 9)');
    await expect(dialog.getByRole('button', { name: 'Start again' })).toBeFocused();
    await expectAccessible(page);
    expect(await page.locator('[title*="CO₂e"]').count()).toBeGreaterThan(0);
  });

  await test.step('"Start again" loads the page, which gets a port from the new backend', async () => {
    const isBack = Promise.withResolvers<void>();
    onReady = async () => {
      await backend.start();
      backend.connect(await part.connect());
      isBack.resolve();
    };
    await page.getByRole('button', { name: 'Start again' }).click();
    await isBack.promise;
    await expectRoutersCarbon(page);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  expect(pages.outside).toEqual([]);
  expect(pages.asked.filter((path) => !/^\/(?:assets\/|theme\.js$|mark\.svg$|$)/.test(path))).toEqual([]);
  expect(errors).toEqual([]);
});

test('the page is under the policy of the desktop app', async ({ page }) => {
  const answer = await page.goto(PAGE_URL);
  expect(answer?.headers()['content-security-policy']).toBe(PAGE_POLICY);
  const errors = watchErrors(page);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.head.append(script);
  });
  expect(await page.evaluate(() => 'wasRun' in window)).toBe(false);
  await expect.poll(() => errors.join()).toContain('Content Security Policy');
});
