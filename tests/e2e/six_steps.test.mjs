// The main job: a person with a browser and a phone number links an account, and the skill says the number.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, scenario, smallPhone } from './support/browser.mjs';
import { startDemo } from './support/symbolon.mjs';
import { password } from './support/tutorial.mjs';

const number = '+14155550123';

async function openApp(page, demo) {
  await page.goto(demo.assistant + '/');
  await page.getByRole('link', { name: /open in the app/i }).first().click();
}

async function ask(page, utterance) {
  await page.getByRole('textbox', { name: /say something/i }).fill(utterance);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function signUp(page, demo) {
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.locator('select[name=country]').selectOption('US');
  await page.locator('input[name=username]').fill('(415) 555-0123');
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/confirm\?/);
  await enterCode(page, demo, 'Confirm account');
  await page.waitForURL(/\/login\?/);
}

async function enterCode(page, demo, button) {
  const { code, to } = await demo.texts.next();
  assert.equal(to, number);
  await page.locator('input[name=code]').fill(code);
  await page.getByRole('button', { name: button }).click();
}

async function signIn(page, demo) {
  await page.locator('input[name=username]').fill(number);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/mfa\?/);
  await enterCode(page, demo, 'Continue');
}

async function link(page, demo, signUpFirst) {
  await openApp(page, demo);
  await ask(page, 'what is my phone number');
  await page.getByRole('heading', { name: /link your phone skill account/i }).waitFor();
  await page.getByRole('link', { name: 'Link account' }).click();
  await page.waitForURL(/\/testaccountlinking\/login\?/);
  if (signUpFirst) await signUp(page, demo);
  await signIn(page, demo);
  await page.getByRole('heading', { name: 'Your account is linked' }).waitFor();
}

async function hearNumber(page) {
  await page.getByRole('link', { name: /back to/i }).click();
  await ask(page, 'what is my phone number');
  const spoken = await page.locator('.spoken').last().innerText();
  assert.equal(spoken.replace(/\D/g, ''), number.replace(/\D/g, ''), `the skill said: ${spoken}`);
}

test('a new user links an account and hears the number, then unlinks and comes back', async (t) => {
  const demo = await startDemo(t);
  const { page, foreign } = await openBrowser(t);
  await scenario(t, page, async () => {
    await link(page, demo, true);
    await hearNumber(page);
    await page.getByRole('button', { name: 'Unlink account' }).click();
    await ask(page, 'my phone number');
    await page.getByRole('heading', { name: /link your phone skill account/i }).waitFor();
  });
  assert.deepEqual(foreign, [], 'no request to anywhere else');

  const again = await openBrowser(t, { viewport: smallPhone, colorScheme: 'dark' });
  await scenario(t, again.page, async () => {
    await link(again.page, demo, false);
    await hearNumber(again.page);
  });
});

test('the same steps work without JavaScript', async (t) => {
  const demo = await startDemo(t);
  const { page } = await openBrowser(t, { viewport: smallPhone, javaScriptEnabled: false });
  await scenario(t, page, async () => {
    await link(page, demo, true);
    await hearNumber(page);
  });
});

test('a person who cancels is not linked, and is told so', async (t) => {
  const demo = await startDemo(t);
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    await openApp(page, demo);
    await page.getByRole('link', { name: 'Link account' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('oauth_error:access_denied').waitFor();
    await openApp(page, demo);
    await page.getByText('Not linked').waitFor();
  });
});

test('the demo shows its texts and how far one has come', async (t) => {
  const demo = await startDemo(t);
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    await page.goto(demo.assistant + '/demo');
    await page.getByRole('heading', { name: 'Link an account in six steps' }).waitFor();
    await page.goto(demo.assistant + '/phone');
    await page.getByText('No texts yet').waitFor();
  });
});

test('no page needs more width than a small phone has', async (t) => {
  const demo = await startDemo(t);
  const { page } = await openBrowser(t, { viewport: smallPhone });
  const fits = async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= smallPhone.width, `${page.url()} is ${wide} wide`);
  };
  await scenario(t, page, async () => {
    await openApp(page, demo);
    await fits();
    await page.getByRole('link', { name: 'Link account' }).click();
    await page.waitForURL(/\/login\?/);
    await fits();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await fits();
    await page.goBack();
    await page.getByRole('link', { name: /forgot/i }).click();
    await fits();
  });
});
