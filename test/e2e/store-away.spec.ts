import { expect, test } from '@playwright/test';
import { type RunningPostgres, startPostgres } from '../services/postgres.ts';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let server: RunningPostgres;
let podwatt: PodwattProcess;

test.setTimeout(240_000);
test.beforeAll(async () => {
  server = await startPostgres();
  const database = await server.createDatabase();
  podwatt = await startPodwatt(['demo', '--no-auth'], { env: { PODWATT_STORE: `${server.url}/${database}` } });
});
test.afterAll(async () => {
  await podwatt?.stop();
  await server?.remove();
});

test('a PostgreSQL that goes away is said calmly, figures stay, and all is well when it is back', async ({ page }) => {
  const errors = watchErrors(page);
  const banner = page.getByRole('region', { name: 'Storage is away' });
  const carbon = page.getByTitle(/ g CO₂e$/).first();

  await page.goto(podwatt.url);
  await settled(page);
  await expect(carbon).toBeVisible();
  const figure = await carbon.textContent();
  await expect(banner).toHaveCount(0);

  await test.step('while it is away', async () => {
    await server.stop('immediate');
    await expect(banner).toBeVisible({ timeout: 90_000 });
    await expect(banner).toContainText('PostgreSQL is away since');
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
    await expect(carbon).toHaveText(figure ?? '');
    await expectAccessible(page);
  });

  await test.step('the settings say which store, and keep what was known', async () => {
    await banner.getByRole('link', { name: 'Open storage' }).click();
    await expect(page.getByRole('region', { name: 'Store', exact: true })).toContainText('Away since');
    await expect(page.getByText('The store is chosen where Podwatt is started.')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a question that was never answered shows no 0', async () => {
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('button', { name: /^Range:/ }).click();
    await page.getByRole('button', { name: 'Last 30 days' }).click();
    await expect(page.getByText('No figures while the store is away').first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step('when it is back', async () => {
    await server.start();
    await expect(banner).toHaveCount(0, { timeout: 90_000 });
    await expect(page.getByText('No figures while the store is away')).toHaveCount(0);
    await expect(carbon).toBeVisible();
  });
  // What the browser itself writes of an answer with 503.
  expect(errors.filter((error) => !error.includes('503'))).toEqual([]);
});
