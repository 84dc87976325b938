// The first factor is the person's choice on the hosted pages: a password, then a passkey of Chromium's virtual
// authenticator that was registered there, and a code by e-mail without JavaScript. An operator's own look beside it.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { openBrowser, scenario } from './support/browser.mjs';
import { authorizeUrl } from './support/oauth.mjs';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { password, sdkClient } from './support/tutorial.mjs';

const Username = 'alice';
const client = /\/cb\?code=/;

function freePort() {
  return new Promise((found) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

/** Browsers allow passkeys at https, and at localhost. */
async function startAtLocalhost(t) {
  const port = await freePort();
  const folder = temporaryFolder(t);
  const server = await startServer(t, { folder, listen: `127.0.0.1:${port}`,
    args: ['--base-url', `http://localhost:${port}`, '--email', `file:${folder}/texts.jsonl`] });
  return { ...server, url: `http://localhost:${port}` };
}

/** Where the client takes its codes. */
async function startClient(t) {
  const site = http.createServer((request, answer) => answer.end('linked'));
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  t.after(() => site.closeAllConnections() ?? site.close());
  return `http://localhost:${site.address().port}/cb`;
}

async function makePool(t, server) {
  const callback = await startClient(t);
  const admin = sdkClient(server);
  const { UserPool } = await admin.send(new cognito.CreateUserPoolCommand({
    PoolName: 'choice', AutoVerifiedAttributes: ['email'],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } } }));
  const UserPoolId = UserPool.Id;
  await admin.send(new cognito.SetUserPoolMfaConfigCommand({
    UserPoolId, MfaConfiguration: 'OFF', WebAuthnConfiguration: { UserVerification: 'required' } }));
  await admin.send(new cognito.CreateUserPoolDomainCommand({ Domain: 'choice', UserPoolId }));
  const { UserPoolClient } = await admin.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId, ClientName: 'Skill', SupportedIdentityProviders: ['COGNITO'], CallbackURLs: [callback],
    AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['phone', 'openid'], AllowedOAuthFlowsUserPoolClient: true,
    ExplicitAuthFlows: ['ALLOW_USER_AUTH'], PreventUserExistenceErrors: 'ENABLED' }));
  await admin.send(new cognito.AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: 'alice@example.com' }, { Name: 'email_verified', Value: 'true' }] }));
  await admin.send(new cognito.AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }));
  return { admin, pool: { poolId: UserPoolId, clientId: UserPoolClient.ClientId, domain: 'choice', callback } };
}

const startOf = (server, pool, path = '/oauth2/authorize') =>
  authorizeUrl(server, pool, { redirect_uri: pool.callback }).replace('/oauth2/authorize', path);

async function addAuthenticator({ context, page }) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true } });
}

async function giveName(page, server, pool) {
  await page.goto(startOf(server, pool));
  await page.locator('input[name=username]').fill(Username);
  assert.equal(await page.locator('input[name=password]').count(), 0, 'the name alone');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/login\/options\?/);
}

async function picture(page, name) {
  if (process.env.SYMBOLON_PICTURES) await page.screenshot({ path: `${process.env.SYMBOLON_PICTURES}/${name}.png`, fullPage: true });
}

/** The virtual authenticator answers at once where the sign-in page offers its passkeys; here people type their names. */
const withoutOffers = (page) => page.addInitScript(() => {
  PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
});

async function givePassword(page, server, pool) {
  await giveName(page, server, pool);
  await page.getByRole('button', { name: 'Password' }).click();
  await page.waitForURL(/\/login\/password\?/);
  await picture(page, 'password');
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}

async function addPasskey(page) {
  await page.waitForURL(/\/passkeys\/add\?/);
  assert.equal(await page.getByRole('alert').count(), 0, 'nothing is said before anything went wrong');
  await picture(page, 'passkey-add');
  await page.getByRole('button', { name: 'Create a passkey' }).click();
  await page.waitForURL(client);
}

test('a passkey is made after the sign-in, and the next one needs neither a name nor a password', async (t) => {
  const server = await startAtLocalhost(t);
  const { pool } = await makePool(t, server);
  const opened = await openBrowser(t);
  const { page, context } = opened;
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await addAuthenticator(opened);
  await scenario(t, page, async () => {
    await giveName(page, server, pool);
    await picture(page, 'options');
    assert.equal(await page.getByRole('button', { name: 'Passkey' }).count(), 0, 'there is none yet');
    await givePassword(page, server, pool);
    await addPasskey(page);

    await context.clearCookies();
    await page.goto(startOf(server, pool));
    await page.waitForURL(client);
    assert.deepEqual(errors, [], 'nothing is blocked by the page’s own policy');
  });
});

test('a passkey may wait: it is not offered again in this browser, and can be made at any time', async (t) => {
  const server = await startAtLocalhost(t);
  const { pool } = await makePool(t, server);
  const opened = await openBrowser(t);
  const { page } = opened;
  await addAuthenticator(opened);
  await scenario(t, page, async () => {
    await givePassword(page, server, pool);
    await page.waitForURL(/\/passkeys\/add\?/);
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.waitForURL(client);

    await page.goto(`${startOf(server, pool)}&prompt=login`);
    await page.locator('input[name=username]').fill(Username);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Password' }).click();
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(client);

    await page.goto(startOf(server, pool, '/passkeys/add'));
    await addPasskey(page);
  });
});

test('a passkey is asked for after the name, and one that the person refuses leaves the page usable', async (t) => {
  const server = await startAtLocalhost(t);
  const { pool } = await makePool(t, server);
  const opened = await openBrowser(t);
  const { page, context } = opened;
  await withoutOffers(page);
  await addAuthenticator(opened);
  await scenario(t, page, async () => {
    await givePassword(page, server, pool);
    await addPasskey(page);

    await context.clearCookies();
    await giveName(page, server, pool);
    await page.getByRole('button', { name: 'Passkey' }).click();
    await page.waitForURL(client);

    await context.clearCookies();
    await giveName(page, server, pool);
    await page.addInitScript(() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
    await page.getByRole('button', { name: 'Passkey' }).click();
    await page.getByRole('alert').filter({ hasText: 'That did not work' }).waitFor();
    await picture(page, 'passkey-failed');
    await page.getByRole('link', { name: 'Sign in another way' }).click();
    await page.waitForURL(/\/login\/options\?/);
    await page.getByRole('button', { name: 'Password' }).click();
    await page.waitForURL(/\/login\/password\?/);
  });
});

test('a code by e-mail signs in without JavaScript, under the operator’s own look', async (t) => {
  const server = await startAtLocalhost(t);
  const { admin, pool } = await makePool(t, server);
  await admin.send(new cognito.SetUICustomizationCommand({ UserPoolId: pool.poolId,
    CSS: '.submitButton-customizable { background-color: #7a1fa2; color: #ffffff; } .background-customizable { background-color: #fff8e7; }' }));
  const { page, foreign } = await openBrowser(t, { javaScriptEnabled: false });
  await scenario(t, page, async () => {
    await page.goto(startOf(server, pool));
    const colour = await page.locator('.submitButton-customizable').evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.equal(colour, 'rgb(122, 31, 162)');
    await picture(page, 'customized');
    await page.locator('input[name=username]').fill(Username);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Code by e-mail' }).click();
    await page.waitForURL(/\/login\/code\?/);
    await picture(page, 'code');
    const { code } = await server.texts.next();
    await page.locator('input[name=code]').fill(code);
    await page.locator('button[name=confirm]').click();
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.waitForURL(client);
    assert.deepEqual(foreign, []);
  });
});
