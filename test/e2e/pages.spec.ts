import { expect, test } from '@playwright/test';
import { expectAccessible, settled, watchErrors } from './support/page-checks.ts';
import { type PodwattProcess, startPodwatt } from './support/podwatt-process.ts';

const PAGES = [
  { path: '/', heading: 'Overview' },
  { path: '/explore', heading: 'All namespaces' },
  { path: '/explore?namespace=shop-prod', heading: 'shop-prod' },
  { path: '/nodes', heading: /sto-|ip-|gke-/ },
  { path: '/recommendations', heading: 'Recommendations' },
  { path: '/recommendations?group=plan&detail=0', heading: 'Recommendations' },
  { path: '/recommendations?tab=dismissed', heading: 'Recommendations' },
  { path: '/reports', heading: 'Reports' },
  { path: '/?score=1', heading: 'Overview' },
  { path: '/costs', heading: 'Costs & budgets' },
  { path: '/costs?by=namespace', heading: 'Costs & budgets' },
  { path: '/grid', heading: 'Belgium' },
  { path: '/clusters', heading: 'Clusters' },
  { path: '/settings', heading: 'Settings' },
  { path: '/settings?section=sources', heading: 'Settings' },
  { path: '/settings?section=factors', heading: 'Settings' },
  { path: '/settings?section=recommendations', heading: 'Settings' },
  { path: '/settings?section=storage', heading: 'Settings' },
  { path: '/settings?section=tokens', heading: 'Settings' },
] as const;

let podwatt: PodwattProcess;

test.beforeAll(async () => {
  podwatt = await startPodwatt(['demo', '--no-auth']);
});
test.afterAll(() => podwatt?.stop());

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });
    for (const { path, heading } of PAGES) {
      test(`${path} is accessible and writes no error`, async ({ page }) => {
        const errors = watchErrors(page);
        await page.goto(new URL(path, podwatt.url).href);
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
        await settled(page);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await expectAccessible(page);
        expect(errors).toEqual([]);
      });
    }
  });
}

test('at 900 pixels nothing has to be scrolled sideways', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  for (const { path } of PAGES) {
    await page.goto(new URL(path, podwatt.url).href);
    await settled(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBe(0);
  }
});

test('the documentation of the API works without the network', async ({ page }) => {
  const errors = watchErrors(page);
  const outside: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(podwatt.url).host && request.url().startsWith('http'))
      outside.push(request.url());
  });
  await page.goto(new URL('/api/v1/docs', podwatt.url).href);
  await expect(page.getByText('/metrics/summary').first()).toBeVisible();
  expect(outside).toEqual([]);
  expect(errors).toEqual([]);
});
