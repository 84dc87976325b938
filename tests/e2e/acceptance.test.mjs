// The acceptance scenarios of account linking: a person with a browser, the assistant's lab, the identity server.
// (A new person's way is e2e.six_steps; the doctor over our server is e2e.doctor; skills by HTTPS and Lambda: tests/sdk.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { openBrowser, scenario } from './support/browser.mjs';
import { startDemo } from './support/symbolon.mjs';
import { password, sdkClient } from './support/tutorial.mjs';

const number = '+14155550123';

/** The assistant's REST API. */
function apiOf(demo) {
  const token = readFileSync(path.join(demo.data, 'assistant.token'), 'utf8').trim();
  return async (method, target, body) => {
    const response = await fetch(demo.assistant + target, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${target}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}

async function startHouse(t) {
  const demo = await startDemo(t);
  const api = apiOf(demo);
  const admin = sdkClient(demo);
  const { UserPools } = await admin.send(new cognito.ListUserPoolsCommand({ MaxResults: 10 }));
  const UserPoolId = UserPools[0].Id;
  await admin.send(new cognito.AdminCreateUserCommand({
    UserPoolId, Username: number, MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'phone_number', Value: number }, { Name: 'phone_number_verified', Value: 'true' }] }));
  await admin.send(new cognito.AdminSetUserPasswordCommand({ UserPoolId, Username: number, Password: password, Permanent: true }));
  const { skills } = await api('GET', '/v1/skills');
  const skill = skills[0].skillId;
  const lab = (what, body) => api(body ? 'PUT' : 'GET', `/v1/skills/${skill}/lab/${what}`, body);
  return { demo, api, admin, UserPoolId, skill, lab };
}

async function typePassword(page, text) {
  await page.locator('input[name=username]').fill(number);
  await page.locator('input[name=password]').fill(text);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function typeCode(page, code) {
  await page.locator('input[name=code]').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function mustBeLinked(page) {
  await page.getByRole('heading', { name: 'Your account is linked' }).waitFor();
}

/** Begins a linking, and signs in as far as the server asks for it. */
async function link(page, house, platform = 'alexa-na') {
  await page.goto(`${house.demo.assistant}/app/skills/${house.skill}/link?platform=${platform}`);
  const done = page.getByRole('heading', { name: 'Your account is linked' });
  const again = page.getByRole('button', { name: 'Continue', exact: true });
  const name = page.locator('input[name=password]');
  await done.or(again).or(name).first().waitFor();
  if (await name.isVisible()) {
    await typePassword(page, password);
    await page.waitForURL(/\/mfa\?/);
    await typeCode(page, (await house.demo.texts.next()).code);
  } else if (await again.isVisible()) {
    await again.click();
  }
  await mustBeLinked(page);
}

/** Says something to the skill: the user that it was told of, and its answer. */
async function ask(house) {
  const made = await house.api('POST', `/v2/skills/${house.skill}/stages/development/simulations`, {
    input: { content: 'what is my phone number' }, device: { locale: 'en-US' }, session: { mode: 'FORCE_NEW_SESSION' } });
  const { result } = await house.api('GET', `/v2/skills/${house.skill}/stages/development/simulations/${made.id}`);
  const { invocationRequest, invocationResponse } = result.skillExecutionInfo.invocations[0];
  return { user: invocationRequest.body.context.System.user, answer: invocationResponse.body.response };
}

const spoken = (answer) => JSON.stringify(answer.outputSpeech ?? {}).replace(/<[^>]*>/g, '').replace(/\D/g, '');

test('linking, from the first mistake to the last unlinking', { timeout: 240_000 }, async (t) => {
  const house = await startHouse(t);
  const { page } = await openBrowser(t);
  const state = async () => (await house.lab('link')).link?.status ?? 'unlinked';

  await t.test('3: a person who cancels is not linked', () => scenario(t, page, async () => {
    await page.goto(`${house.demo.assistant}/app/skills/${house.skill}/link`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('oauth_error:access_denied').waitFor();
    assert.equal(await state(), 'unlinked');
    assert.equal((await ask(house)).answer.card.type, 'LinkAccount');
  }));

  await t.test('2: wrong passwords and codes, then the right ones: one link, one account', () => scenario(t, page, async () => {
    await page.goto(`${house.demo.assistant}/app/skills/${house.skill}/link`);
    await typePassword(page, 'Wrong-horse-9');
    await page.getByText('Incorrect username or password.').waitFor();
    await typePassword(page, password);
    await page.waitForURL(/\/mfa\?/);
    const { code } = await house.demo.texts.next();
    for (let turn = 1; turn <= 3; turn += 1) {
      await typeCode(page, String((Number(code) + turn) % 1_000_000).padStart(6, '0'));
      await page.locator('input[name=code][aria-invalid=true]').waitFor();
    }
    await typeCode(page, code);
    await mustBeLinked(page);
    assert.equal(await state(), 'linked');
    const { Users } = await house.admin.send(new cognito.ListUsersCommand({ UserPoolId: house.UserPoolId }));
    assert.equal(Users.length, 1);
  }));

  await t.test('4: an access token that expired is renewed without the skill', async () => {
    const before = await house.lab('link');
    assert.ok(spoken((await ask(house)).answer).includes(number.slice(1)));
    await house.api('PUT', '/v1/lab/clock', { advanceSeconds: 25 * 3600 });
    assert.ok(spoken((await ask(house)).answer).includes(number.slice(1)));
    const { link: renewed } = await house.lab('link');
    assert.equal(renewed.refreshes, 1);
    assert.notEqual(renewed.accessToken, before.link.accessToken);
    await house.api('DELETE', '/v1/lab/clock');
  });

  await t.test('months of refreshing, with lost answers and races', async () => {
    await house.lab('knobs', { 'FI-01': 'refresh' });
    const report = await house.api('POST', `/v1/skills/${house.skill}/lab/soak`, { days: 1 });
    assert.ok(report.alive, JSON.stringify(report));
    await house.lab('knobs', { 'FI-03': 'on' });
    const races = await house.api('POST', `/v1/skills/${house.skill}/lab/soak`, { days: 1 });
    assert.ok(races.alive, JSON.stringify(races));
    await house.lab('knobs', {});
  });

  await t.test('7 and 8: two regions, each client authentication, with and without PKCE', () => scenario(t, page, async () => {
    await link(page, house, 'alexa-eu');
    assert.equal((await house.lab('link')).link.platform, 'alexa-eu');
    for (const proof of ['basic_encoded', 'basic_raw', 'body', 'both']) {
      for (const pkce of ['on', 'off']) {
        await house.lab('knobs', { 'FI-06': proof, PKCE: pkce });
        await link(page, house);
      }
    }
    await house.lab('knobs', { 'FI-07': 'on' });
    await link(page, house);
    await house.lab('knobs', {});
  }));

  await t.test('6: who disables and enables is somebody else, and the tokens are revoked', async () => {
    const before = (await ask(house)).user.userId;
    await house.lab('knobs', { 'BR-10': 'revoke' });
    await house.api('DELETE', `/v1/skills/${house.skill}/stages/development/enablement`);
    const { log } = await house.lab('link');
    assert.ok(log.some((line) => line.event === 'disabled' && line.ok && line.detail.includes('revoked')), JSON.stringify(log[0]));
    await house.api('PUT', `/v1/skills/${house.skill}/stages/development/enablement`);
    const after = await ask(house);
    assert.notEqual(after.user.userId, before);
    assert.equal(after.answer.card.type, 'LinkAccount');
    await house.lab('knobs', {});
  });

  await t.test('5: a refresh token that the server revoked ends in the card', () => scenario(t, page, async () => {
    await link(page, house);
    await house.admin.send(new cognito.AdminUserGlobalSignOutCommand({ UserPoolId: house.UserPoolId, Username: number }));
    await house.api('PUT', '/v1/lab/clock', { advanceSeconds: 25 * 3600 });
    const { user, answer } = await ask(house);
    assert.equal(user.accessToken, undefined);
    assert.equal(answer.card.type, 'LinkAccount');
    const { link: broken } = await house.lab('link');
    assert.equal(broken.status, 'broken');
    assert.equal(broken.cause, 'oauth_error:invalid_grant');
  }));
});
