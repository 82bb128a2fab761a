import { defineConfig } from '@playwright/test';

// Started by npm test, which sets where the pages are and which Chromium to use. The switches keep a closed network quiet.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  // Two cores and a whole browser: a second attempt tells a slow machine from a fault. The report names every journey that needed it.
  retries: 1,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '.data/journeys.json' }]],
  use: {
    baseURL: process.env['ONWARD_BASE_URL'],
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    // Recording every page costs a third of the time: npm test -- e2e/one.spec.ts --trace on.
    trace: 'off',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // The browser's own menus, made ready in every window: a fifth of the time.
        '--disable-features=PreloadTopChromeWebUI',
      ],
    },
  },
});
