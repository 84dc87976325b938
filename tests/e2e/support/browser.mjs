// A real browser at the size of a phone. On a failure it leaves a screenshot.
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

export const phone = { width: 390, height: 844 };
export const smallPhone = { width: 320, height: 640 };

export async function openBrowser(t, { viewport = phone, javaScriptEnabled = true, colorScheme = 'light' } = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
           '--disable-component-update', '--disable-sync'],
  });
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport, javaScriptEnabled, colorScheme, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const foreign = [];
  page.on('request', (request) => {
    if (!new URL(request.url()).hostname.match(/^(127\.0\.0\.1|localhost)$/)) foreign.push(request.url());
  });
  return { browser, context, page, foreign };
}

/** Runs a scenario in the page; when it fails, keeps a picture of where it stood. */
export async function scenario(t, page, run) {
  try {
    await run();
  } catch (error) {
    const folder = process.env.SYMBOLON_SCREENSHOTS;
    if (folder) {
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, t.name.replace(/\W+/g, '-') + '.png');
      await page.screenshot({ path: file, fullPage: true }).catch(() => {});
      error.message += `\n  at ${page.url()}\n  picture: ${file}`;
    }
    throw error;
  }
}
