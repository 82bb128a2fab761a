import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { z } from 'zod';
import { findChromium } from './support/chromium';
import { Fault } from './support/fault';
import { runScript } from './support/run-script';

const PICTURE = 'docs/services.png';
const PLACE = 'LS1 4AP';

const demonstration = z.object({
  baseUrl: z.url(),
  accounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
  examples: z.object({ patients: z.array(z.object({ nhsNumber: z.string() })) }),
});

runScript(takePicture, { interruptedCode: 130 });

/** `npm run picture`: the call workspace as it is, for the README, from the demonstration that `npm start` serves. */
async function takePicture(): Promise<number> {
  const { baseUrl, accounts, examples } = demonstrationNow();
  const handler = accounts.find(({ role }) => role === 'call-handler');
  const [patient] = examples.patients;
  if (!handler || !patient) throw new Fault('The demonstration has no call handler or no patient.');

  const executablePath = (await findChromium()) ?? undefined;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', baseURL: baseUrl });
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(handler.email);
  await page.getByLabel('Password').fill(handler.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'My calls' }).waitFor();
  await page.goto('/calls/new');
  await page.getByLabel('NHS number').fill(patient.nhsNumber);
  await page.getByRole('button', { name: 'Find patient' }).click();
  await page.getByText('Check the date of birth').waitFor();
  await page.getByLabel('Disposition').fill('Dx05');
  await page.getByLabel('Where the patient is now').fill(PLACE);
  await page.getByRole('button', { name: 'Find services' }).click();
  await page.getByRole('button', { name: /^Hold/ }).first().click();
  await page.getByText('Held for you').waitFor();
  await page.screenshot({ path: PICTURE });
  await browser.close();
  console.log(`Taken: ${PICTURE}`);
  return 0;
}

function demonstrationNow() {
  try {
    return demonstration.parse(JSON.parse(readFileSync('.data/demo.json', 'utf8')));
  } catch {
    throw new Fault('There is no demonstration to take a picture of: run npm start first, and leave it running.');
  }
}
