import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  process.env.SN_GAN_TEST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium of this machine; undefined where there is none. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place));

/** Why tests of pages are skipped, for their names; empty where they run. */
export const withoutChromium =
  chromiumPath === undefined
    ? ' (skipped: needs Chromium; install it or set SN_GAN_TEST_CHROMIUM)'
    : '';

/** Starts Chromium without a window. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium on this machine.');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
}
