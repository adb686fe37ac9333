import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { type LiveCluster, startLiveCluster } from './support/live-cluster.ts';
import { expectAccessible, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let cluster: LiveCluster;
let podwatt: PodwattProcess;

test.beforeAll(async () => {
  cluster = await startLiveCluster();
  const folder = dirname(cluster.kubeconfig);
  podwatt = await startPodwatt([
    'serve',
    ...['config', 'broken'].flatMap((name) => ['--kubeconfig', join(folder, name)]),
  ]);
});
test.afterAll(async () => {
  await podwatt?.stop();
  await cluster?.stop();
});

test('first run, history, drill to a pod, another range, reload, export', async ({ page }) => {
  const errors = watchErrors(page);
  await test.step('the token leaves the address', async () => {
    await page.goto(podwatt.url);
    await expect(page).toHaveURL(/\/first-run/);
    expect(page.url()).not.toContain('token');
  });

  await test.step('a broken file is named and stops no other', async () => {
    await expect(page.getByText(/broken/).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('choose, check, read', async () => {
    await page
      .getByRole('list', { name: 'Contexts' })
      .getByRole('button', { name: new RegExp(cluster.context) })
      .click();
    const read = page.getByRole('button', { name: 'Read the last 7 days' });
    await expect(read).toBeVisible();
    await expect(page.getByText(/through the API server/).first()).toBeVisible();
    await expectAccessible(page);
    await read.click();
    await expect(page.getByText(/So far/)).toBeVisible();
    await expect(page.getByRole('img', { name: 'done' })).toHaveCount(5, { timeout: 60_000 });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Open overview' }).click();
  });

  await test.step('the overview has figures with ranges', async () => {
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await expect(page.getByText(/^\d[\d.]*–\d[\d.,]*$/).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('drill from namespace to workload to pod', async () => {
    await page.getByRole('link', { name: 'Explore', exact: true }).click();
    await page.getByRole('row', { name: /shop/ }).first().getByText('shop', { exact: true }).click();
    await expect(page).toHaveURL(/namespace=shop/);
    await page.getByRole('row', { name: /web/ }).first().getByText('web', { exact: true }).click();
    await expect(page).toHaveURL(/workload=/);
    await expect(page.getByText('web-7d4b9c6f5-x2x2x').first()).toBeVisible();
  });

  await test.step('another range, kept over a reload', async () => {
    await chooseRange(page, /24 hours/);
    await expect(page).toHaveURL(/last=24h/);
    const address = page.url();
    await page.reload();
    await expect(page.getByText('web-7d4b9c6f5-x2x2x').first()).toBeVisible();
    expect(page.url()).toBe(address);
    await expect(page.getByRole('button', { name: /24 hours/ }).first()).toBeVisible();
  });

  await test.step('the export adds up to the total', async () => {
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    const total = await summary(page);
    const rows = await exportCsv(page);
    expect(rows.length).toBeGreaterThan(3);
    const sumOf = (column: string) => rows.reduce((sum, row) => sum + Number(row[column]), 0);
    expect(sumOf('co2e_grams') / total.total_co2e_grams).toBeCloseTo(1, 9);
    expect(sumOf('embodied_co2e_grams') / total.total_embodied_co2e_grams).toBeCloseTo(1, 9);
    expect(sumOf('energy_joules') / total.total_energy_joules).toBeCloseTo(1, 9);
    expect(sumOf('total_cost') / total.total_cost).toBeCloseTo(1, 9);
  });
  expect(errors).toEqual([]);
});

async function chooseRange(page: Page, name: RegExp): Promise<void> {
  await page
    .getByRole('button', { name: /Last 7 days/ })
    .first()
    .click();
  await page
    .getByRole('menuitem', { name })
    .or(page.getByRole('menuitemradio', { name }))
    .or(page.getByRole('option', { name }))
    .or(page.getByRole('dialog').getByRole('button', { name }))
    .first()
    .click();
}

interface SummaryAnswer {
  readonly total_co2e_grams: number;
  readonly total_embodied_co2e_grams: number;
  readonly total_energy_joules: number;
  readonly total_cost: number;
}

/** The summary of the same range, asked with the page's own cookie. */
async function summary(page: Page): Promise<SummaryAnswer> {
  const answer = await page.request.get(new URL('/api/v1/metrics/summary?last=24h', podwatt.url).href);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as SummaryAnswer;
}

async function exportCsv(page: Page): Promise<Record<string, string>[]> {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^podwatt-.*\.csv$/);
  return parse(await readFile(await file.path()), { columns: true }) as Record<string, string>[];
}
