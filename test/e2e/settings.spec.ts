import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let podwatt: PodwattProcess;

test.beforeAll(async () => {
  podwatt = await startPodwatt(['demo', '--no-auth']);
});
test.afterAll(() => podwatt?.stop());

const open = async (page: Page, section: string) => {
  await page.goto(new URL(`/settings?section=${section}`, podwatt.url).href);
  await settled(page);
};

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });
    for (const section of ['general', 'alerts', 'factors', 'storage', 'retention']) {
      test(`${section} is accessible and writes no error`, async ({ page }) => {
        const errors = watchErrors(page);
        await open(page, section);
        await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
        await expectAccessible(page);
        expect(errors).toEqual([]);
      });
    }
  });
}

test('the store is shown as it is: a file with rows, a size and tables', async ({ page }) => {
  await page.goto(podwatt.url);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Storage' }).click();
  const store = page.getByRole('region', { name: 'Store', exact: true });
  await expect(store.getByRole('heading', { name: 'SQLite' })).toBeVisible();
  await expect(store.getByText('Connected')).toBeVisible();
  const row = page.getByRole('row', { name: /combined_metrics/ });
  await expect(row).toBeVisible();
  const rows = await row.getByRole('cell').nth(1).textContent();
  expect(Number((rows ?? '').replaceAll(',', ''))).toBeGreaterThan(1000);
  await expect(page.getByRole('region', { name: 'Size and growth' }).getByText('not known')).toHaveCount(0);
});

test('a store that does not answer is refused in words, and can not be used', async ({ page }) => {
  const errors = watchErrors(page);
  await open(page, 'storage');
  await page.getByLabel('Host').fill('127.0.0.1');
  // Nothing listens on the port of discard.
  await page.getByLabel('Port').fill('9');
  await page.getByLabel('Password').fill('a secret of mine');
  await page.getByRole('button', { name: 'Test connection' }).click();
  const found = page.getByRole('list', { name: 'Test of the connection' });
  await expect(found).toBeVisible({ timeout: 30_000 });
  await expect(found.getByText('not tried').first()).toBeVisible();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expect(page.getByRole('button', { name: 'Use this store' })).toBeDisabled();
  await expectAccessible(page);
  expect(await page.locator('body').innerText()).not.toContain('a secret of mine');
  expect(podwatt.log()).not.toContain('a secret of mine');
  expect(errors).toEqual([]);
});

test('retention refuses in words, saves, and is there after a reload', async ({ page }) => {
  await open(page, 'retention');
  const windows = page.getByLabel('Days of windows');
  await expect(windows).toHaveValue('30');
  await windows.fill('120');
  await expect(page.getByText('Not longer than pod hours (90 days).')).toBeVisible();
  const save = page.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await expectAccessible(page);
  await windows.fill('21');
  await save.click();
  await expect(page.getByText('Saved. The next run goes by it.')).toBeVisible();
  await page.reload();
  await expect(windows).toHaveValue('21');
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page.getByRole('region', { name: 'Last run' }).getByText('Rows of windows removed')).toBeVisible();
});

test('theme and time zone are taken at once and kept by the backend', async ({ page, browser }) => {
  await open(page, 'general');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /^Time zone/ }).click();
  await page.getByPlaceholder('Find a zone').fill('tokyo');
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  await expect(page.getByText(/GMT\+9 there/)).toBeVisible();
  // Another browser, which has kept nothing itself.
  const other = await browser.newPage();
  await other.goto(podwatt.url);
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(other.getByRole('button', { name: 'Time zone: Asia/Tokyo' })).toBeVisible();
  await other.close();
});
