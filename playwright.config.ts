import { defineConfig } from '@playwright/test';

/** How Chromium is started; a test that needs a further switch adds to `args`. */
export const chromiumOptions = {
  executablePath: process.env['PODWATT_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** Browser tests on the built app, in the system's Chromium; nothing is downloaded. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    // A trace costs time and is of use only where somebody can open it.
    trace: process.env['CI'] === 'true' ? 'off' : 'retain-on-failure',
    launchOptions: chromiumOptions,
  },
});
