import { expect, test } from '@playwright/test';
import { startPodwatt } from './support/podwatt-process.ts';

test('the backend that went away is said, and figures stay on screen', async ({ page }) => {
  const podwatt = await startPodwatt(['demo', '--no-auth']);
  try {
    await page.goto(podwatt.url);
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await expect(page.getByText('kg CO₂e').first()).toBeVisible();
    await podwatt.kill();
    await expect(
      page.getByRole('alertdialog').or(page.getByRole('dialog')).or(page.getByRole('alert')).first(),
    ).toBeVisible({
      timeout: 40_000,
    });
    await expect(page.getByText('kg CO₂e').first()).toBeAttached();
  } finally {
    await podwatt.stop();
  }
});
