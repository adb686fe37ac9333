import { expect, type Page, test } from '@playwright/test';
import type { Explanation } from '../../src/contract/schemas/explain.ts';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

const NAME = 'How this figure came about';

let podwatt: PodwattProcess;

test.beforeAll(async () => {
  podwatt = await startPodwatt(['demo', '--no-auth']);
});
test.afterAll(() => podwatt?.stop());

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(new URL(path, podwatt.url).href);
  await settled(page);
};
const panel = (page: Page) => page.getByRole('dialog', { name: NAME });
const figure = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Figures' }).getByRole('button', { name: new RegExp(`^${NAME}: ${name}`) });

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });
    for (const path of [
      '/?explain=carbon',
      '/explore?explain=cost,namespace:shop-prod',
      '/nodes?explain=energy',
      '/quality',
    ]) {
      test(`${path} is accessible and writes no error`, async ({ page }) => {
        const errors = watchErrors(page);
        await open(page, path);
        if (path.includes('explain')) await expect(panel(page).getByRole('list', { name: 'Steps' })).toBeVisible();
        await settled(page);
        await expectAccessible(page);
        expect(errors).toEqual([]);
      });
    }
  });
}

test('a figure of the overview opens its chain with the same amount, and Back closes it', async ({ page }) => {
  await open(page, '/');
  const shown = await figure(page, 'Carbon').textContent();
  await figure(page, 'Carbon').click();
  await expect(panel(page).getByRole('list', { name: 'Steps' }).getByRole('listitem')).not.toHaveCount(0);
  await expect(page).toHaveURL(/explain=carbon/);
  await expect(panel(page).locator('.text-figure')).toHaveText(shown ?? '');
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
});

test('a person with a calculator gets the same: sums and products of the shown values', async ({ page, request }) => {
  await open(page, '/');
  const answer = await request.get(new URL('/api/v1/explain?last=7d&metric=carbon', podwatt.url).href);
  const { steps } = (await answer.json()) as Explanation;
  const carbon = steps.find((step) => step.id === 'carbon');
  const sum = (carbon?.terms ?? []).reduce((all, term) => all + (term.value ?? Number.NaN), 0);
  expect(Math.abs(sum - (carbon?.value ?? 0))).toBeLessThanOrEqual((carbon?.value ?? 0) * 1e-9);
  const facility = steps.find((step) => step.id === 'facility-energy');
  const product = (facility?.terms ?? []).reduce((all, term) => all * (term.value ?? Number.NaN), 1);
  expect(Math.abs(product - (facility?.value ?? 0))).toBeLessThanOrEqual((facility?.value ?? 0) * 1e-9);
});

test('works by keys alone: E on a row, Tab stays, Escape returns the focus', async ({ page }) => {
  await open(page, '/explore');
  const row = page.getByRole('row', { name: 'shop-prod' });
  await row.focus();
  await page.keyboard.press('e');
  await expect(panel(page)).toBeVisible();
  await expect(panel(page).getByRole('list', { name: 'Steps' })).toBeVisible();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    expect(await panel(page).evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(row.locator(':focus').or(page.locator('tr:focus', { hasText: 'shop-prod' }))).toHaveCount(1);
});

test('another figure takes the place of the first without closing the panel', async ({ page }) => {
  await open(page, '/');
  await figure(page, 'Carbon').click();
  await expect(panel(page).getByText(/^Carbon of/)).toBeVisible();
  await figure(page, 'Energy').click();
  await expect(panel(page).getByText(/^Energy of/)).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/explain/);
});

test('at 900 pixels the panel fits and nothing has to be scrolled sideways', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  for (const path of ['/?explain=carbon', '/quality']) {
    await open(page, path);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBe(0);
  }
  await open(page, '/?explain=carbon');
  const box = await panel(page).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(48);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(900);
});

test('spare capacity can be shown with the others; the total stays', async ({ page }) => {
  await open(page, '/explore');
  const total = page.getByRole('table', { name: 'Namespaces' }).locator('tfoot td').nth(1);
  const before = await total.textContent();
  await expect(page.getByRole('row', { name: 'Unallocated' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Spare capacity' }).click();
  await page.getByRole('option', { name: 'by reservation' }).click();
  await expect(page).toHaveURL(/spread=reservation/);
  await expect(page.getByRole('row', { name: 'Unallocated' })).toHaveCount(0);
  await expect(total).toHaveText(before ?? '');
});

test('recomputing twice changes nothing the second time', async ({ page }) => {
  await open(page, '/quality');
  for (const round of [1, 2]) {
    await page.getByRole('button', { name: 'Recompute…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Recompute past figures' });
    await dialog.getByRole('button', { name: 'Recompute' }).click();
    await expect(dialog.getByText(/windows( changed)?\./).first()).toBeVisible({ timeout: 60_000 });
    if (round === 2) await expect(dialog.getByText(/nothing changed/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).first().click();
  }
});
