import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type StubApiServer, startStubApiServer } from '../fakes/kubernetes/stub-api-server.ts';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

let folder: string;
let api: StubApiServer;
let podwatt: PodwattProcess;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-cluster-'));
  api = await startStubApiServer({ token: 'live', forbidden: ['secrets', 'watch jobs'] });
  const kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, api.kubeconfigYaml({ context: 'prod-eu-west-1' }));
  podwatt = await startPodwatt(['serve', '--no-auth', '--kubeconfig', kubeconfig]);
});

test.afterAll(async () => {
  await podwatt.stop();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** The page of the recorded cluster, which is collected from the first test on. */
async function openCluster(page: Page): Promise<void> {
  await page.goto(new URL('/clusters', podwatt.url).href);
  const collect = page.getByRole('switch', { name: 'Collect prod-eu-west-1' });
  if ((await collect.getAttribute('aria-checked')) === 'false') await collect.click();
  await page.getByRole('link', { name: /^Degraded/ }).click({ timeout: 60_000 });
  await settled(page);
}

test('a cluster says how it is, what may not be read, and what to ask for', async ({ page }) => {
  const errors = watchErrors(page);
  await openCluster(page);
  const health = page.getByRole('region', { name: 'Health', exact: true });
  await expect(health.getByText('One node is not ready.').first()).toBeVisible();
  await expect(health.getByRole('img', { name: /^Health from/ })).toBeVisible();
  const rights = page.getByRole('region', { name: 'Missing rights' });
  await expect(rights.getByText('You may not list secrets.')).toBeVisible();
  await expect(rights.getByText(/kind: ClusterRole/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Pods in trouble' }).getByText('ImagePullBackOff')).toBeVisible();
  expect(errors).toEqual([]);
});

test('its address can be opened anew', async ({ page }) => {
  await openCluster(page);
  const errors = watchErrors(page);
  await page.reload();
  await settled(page);
  await expect(page.getByRole('region', { name: 'Workloads' }).getByRole('table')).toBeVisible();
  expect(errors).toEqual([]);
});

test('the pods of a workload open with Enter, and Esc goes back to its row', async ({ page }) => {
  await openCluster(page);
  const row = page.getByRole('row', { name: 'Pods of products' });
  await row.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Pods of products' });
  await expect(dialog.getByRole('row')).toHaveCount(9);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(row).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`can be read by everybody, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openCluster(page);
    await expectAccessible(page);
    await page.goto(new URL('/clusters', podwatt.url).href);
    await settled(page);
    await expectAccessible(page);
    await page.goto(new URL('/settings?section=kubernetes', podwatt.url).href);
    await settled(page);
    await expectAccessible(page);
  });
}

test('the key of the kubeconfigs is rotated after a question', async ({ page }) => {
  await page.goto(new URL('/settings?section=kubernetes', podwatt.url).href);
  const part = page.getByRole('region', { name: 'Stored kubeconfigs' });
  await expect(part.getByText('No kubeconfig is stored')).toBeVisible();
  await part.getByRole('button', { name: 'Rotate…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await expect(part.getByText('0 kubeconfigs sealed anew.')).toBeVisible();
  await expect(part.getByText(/^The key before is kept as/)).toBeVisible();
});
