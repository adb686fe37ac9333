import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let podwatt: PodwattProcess;

test.beforeEach(async ({ page }) => {
  podwatt = await startPodwatt(['demo', '--no-auth']);
  await page.goto(new URL('/reports?tz=UTC&last=24h', podwatt.url).href);
  await expect(page.getByRole('table', { name: /^(First rows|Rows)$/ })).toBeVisible({ timeout: 60_000 });
  await settled(page);
});
test.afterEach(() => podwatt?.stop());

test('a report is shaped, and saved as a file with as many rows as it says', async ({ page }) => {
  const errors = watchErrors(page);
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'One row for each' }).click();
  await page.getByRole('option', { name: 'Workload' }).click();
  await expect(page).toHaveURL(/[?&]group=workload/);
  await expect(page.getByRole('columnheader', { name: 'Workload' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  const rows: unknown = JSON.parse(await readFile(await file.path(), 'utf8'));
  const count = Array.isArray(rows) ? rows.length : 0;
  expect(count).toBeGreaterThan(1);
  const exact = page.getByRole('region', { name: 'Totals' }).locator('[title]').first();
  await expect(exact).toHaveAttribute('title', count.toLocaleString('en-GB'));
  expect(errors).toEqual([]);
});

test('a filter that matches nothing says so, and is kept in the address until it is cleared', async ({ page }) => {
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('textbox', { name: 'Namespace is' }).fill('no-such-namespace');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No row matches')).toBeVisible();
  await expect(page.getByRole('button', { name: 'CSV' })).toBeDisabled();
  await page.reload();
  await expect(page.getByText('No row matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.getByRole('table', { name: /^(First rows|Rows)$/ })).toBeVisible();
  await expect(page).not.toHaveURL(/namespace=/);
});
