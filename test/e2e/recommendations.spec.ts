import { expect, test } from '@playwright/test';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let podwatt: PodwattProcess;

test.beforeEach(async ({ page }) => {
  podwatt = await startPodwatt(['demo', '--no-auth']);
  await page.goto(new URL('/recommendations?tz=UTC', podwatt.url).href);
  // Found by the first analysis, which runs after the first windows are there.
  await expect(page.getByRole('table', { name: 'Open recommendations' })).toBeVisible({ timeout: 60_000 });
  await settled(page);
});
test.afterEach(() => podwatt?.stop());

test('one is looked at, snoozed, brought back, and marked as applied', async ({ page }) => {
  const errors = watchErrors(page);
  const row = page.getByRole('row', { name: /^Lower CPU request/ }).first();
  const title = (await row.getAttribute('aria-label')) ?? '';
  await row.click();
  await expect(page).toHaveURL(/[?&]id=/);
  const panel = page.getByRole('region', { name: title }).first();
  await expect(panel.getByRole('img', { name: /CPU of one pod/ })).toBeVisible();
  await expect(panel.getByText(/smaller request alone saves no energy/)).toBeVisible();
  await expect(panel.getByText('Frees now')).toBeVisible();
  await expectAccessible(page);

  const open = page.getByRole('radio', { name: /^Open/ });
  const before = await open.textContent();
  await panel.getByRole('button', { name: 'Snooze' }).click();
  await page.getByRole('menuitem', { name: /30 days/ }).click();
  await expect(page.getByRole('radio', { name: 'Snoozed 1' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('radio', { name: 'Snoozed 0' })).toBeVisible();
  await expect(open).toHaveText(before ?? '');

  await page
    .getByRole('row', { name: /^Lower CPU request/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Mark as applied' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mark as applied' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Mark as applied' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('radio', { name: 'Applied 1' })).toBeVisible();
  expect(errors).toEqual([]);
});

test('several are dismissed at once, by keys and with a reason that stays', async ({ page }) => {
  const boxes = page.getByRole('checkbox', { name: /^Select Lower/ });
  for (const index of [0, 1]) {
    await boxes.nth(index).focus();
    await page.keyboard.press('Space');
  }
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss…' }).first().click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Planned otherwise');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Dismissed 2' }).click();
  await expect(page.getByText('Planned otherwise').first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Dismissed 2' })).toBeVisible();
});

test('J and K walk, T shows the table, the address keeps it', async ({ page }) => {
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/[?&]id=/);
  const first = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(first);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(first);
  await settled(page);
  await page.keyboard.press('t');
  await expect(page.getByRole('region', { name: /, table$/ })).toBeVisible();
  await expectAccessible(page);
});
