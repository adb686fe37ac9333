import { expect, type Page, test } from '@playwright/test';
import type { GridHistory, GridZones } from '../../src/contract/schemas/grid.ts';
import { ireland, liveHistory, virginia } from '../fakes/client/grid-answers.ts';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let podwatt: PodwattProcess;

test.beforeAll(async () => {
  podwatt = await startPodwatt(['demo', '--no-auth']);
});
test.afterAll(() => podwatt?.stop());

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(new URL(path, podwatt.url).href);
  await settled(page);
};
const zone = (page: Page, key: string) => page.locator(`button[data-zone="${key}"]`);
const chart = (page: Page, name: string) => page.getByRole('img', { name: new RegExp(`^Intensity of ${name}`) });

/** A zone with live values, a gap and a forecast, in place of what the sample has. */
async function withLiveZone(page: Page): Promise<void> {
  const hour = 3_600_000;
  const now = Date.now();
  const period = { start: new Date(now - 48 * hour).toISOString(), end: new Date(now).toISOString() };
  const zones: GridZones = { period, zones: [ireland, virginia] };
  const history: GridHistory = { ...liveHistory(now - 48 * hour, now), period };
  const answer = (json: unknown) => ({
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({ json, meta: [] }),
  });
  await page.route('**/rpc/grid/zones*', (route) => route.fulfill(answer(zones)));
  await page.route('**/rpc/grid/history*', (route) => route.fulfill(answer(history)));
}

test('the zones of the sample are listed, shares add up, and the page says what a yearly value means', async ({
  page,
  request,
}) => {
  const errors = watchErrors(page);
  await open(page, '/');
  await page.getByRole('link', { name: 'Grid', exact: true }).click();
  await settled(page);
  const answer = await request.get(new URL('/api/v1/grid/zones?last=7d', podwatt.url).href);
  const { zones } = (await answer.json()) as GridZones;
  await expect(page.locator('button[data-zone]')).toHaveCount(zones.length);
  for (const each of zones) {
    await expect(zone(page, each.zone)).toContainText(each.name);
    await expect(zone(page, each.zone)).toContainText(/\d %/);
  }
  await expect(page.getByText('Yearly values are used')).toBeVisible();
  await expect(page.getByText('No hour is known to be cleaner')).toBeVisible();
  expect(errors).toEqual([]);
});

test('a zone is chosen by click and by arrow keys, and Back returns to the one before', async ({ page }) => {
  await open(page, '/grid');
  await expect(chart(page, 'Belgium')).toBeVisible();
  await zone(page, 'FR').click();
  await expect(page).toHaveURL(/zone=FR/);
  await expect(chart(page, 'France')).toBeVisible();
  await page.goBack();
  await expect(chart(page, 'Belgium')).toBeVisible();
  await zone(page, 'BE').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Belgium');
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });
    test('live values are drawn with gap, now and forecast, and are accessible', async ({ page }) => {
      const errors = watchErrors(page);
      await withLiveZone(page);
      await open(page, '/grid?last=48h');
      const image = chart(page, 'Ireland');
      await expect(image).toHaveAttribute('aria-label', /no data for 3 h; clean hours/);
      await expect(image.locator('[data-rung="forecast"]')).toHaveAttribute('stroke-dasharray', /./);
      await expect(image.locator('[data-rung="estimated"]')).toHaveAttribute('stroke-dasharray', /./);
      await expect(image.getByText('Now')).toBeVisible();
      await page.getByRole('button', { name: 'Intensity of Ireland: read by keys' }).focus();
      await page.keyboard.press('End');
      await expect(page.getByTestId('intensity-card')).toContainText('Forecast');
      await expectAccessible(page);
      await page.keyboard.press('t');
      await expect(page.getByRole('table', { name: /^Intensity of Ireland/ })).toContainText('no data');
      await expectAccessible(page);
      expect(errors).toEqual([]);
    });
  });
}

test('from a zone without live data to the key: it is kept, never shown, and removed', async ({ page }) => {
  await open(page, '/grid');
  await page.getByRole('button', { name: 'Connect live grid data' }).first().click();
  await expect(page.getByRole('heading', { level: 2, name: 'Sources and keys' })).toBeVisible();
  // Nothing may leave this computer from a test.
  await page.getByRole('switch', { name: 'Work offline' }).click();
  await expect(page.getByRole('switch', { name: 'Work offline' })).toBeChecked();
  await page.getByLabel('API key').fill('em-test-0123');
  await page.getByRole('button', { name: 'Set the key' }).click();
  await expect(page.getByText('A key is kept')).toBeVisible();
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByRole('alert')).toContainText('work offline');
  await page.reload();
  await settled(page);
  expect(await page.content()).not.toContain('em-test-0123');
  await page.getByRole('button', { name: 'Open Electricity Maps' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByLabel('API key')).toBeVisible();
  await page.getByRole('switch', { name: 'Work offline' }).click();
  await expect(page.getByRole('switch', { name: 'Work offline' })).not.toBeChecked();
});

test('another PUE restates the past, and the audit says so', async ({ page }) => {
  await open(page, '/settings?section=factors');
  await page.getByLabel('PUE', { exact: true }).fill('1.9');
  await page.getByRole('button', { name: 'Save and restate' }).click();
  await expect(page.getByText(/^Restated at \d\d:\d\d: .* windows of/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'See the audit' }).click();
  await expect(page.getByRole('table', { name: 'Restated figures' })).toContainText('PUE');
});

test('a rule for zones is added, refused in words, completed and kept', async ({ page }) => {
  await open(page, '/settings?section=factors');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByLabel('Zone of rule 1').fill('de');
  await expect(page.getByText(/A rule names a provider, a region or a label/)).toBeVisible();
  await page.getByLabel('Label of rule 1', { exact: true }).fill('podwatt.example/none');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save and restate' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await settled(page);
  await expect(page.getByLabel('Zone of rule 1')).toHaveValue('DE');
});
