// A person's sessions, as Chromium, an app with openid-client and the account page see them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { openBrowser, scenario, smallPhone } from './support/browser.mjs';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { waitFor } from './support/wait.mjs';

const pool = 'us-east-1_Sessions1';
const password = 'Correct-Horse-7';

/** An app's server: answers everything, and keeps the logout tokens that it is told. */
async function startApp(t) {
  const logouts = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url === '/backchannel') logouts.push(new URLSearchParams(body).get('logout_token'));
    response.setHeader('content-type', 'text/html');
    response.end(`<h1>The app</h1><p>${request.method} ${request.url.split('?')[0]}</p>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, logouts };
}

async function startHouse(t, extensions = {}) {
  const app = await startApp(t);
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'pools.json');
  writeFileSync(file, JSON.stringify({ UserPools: [{
    Id: pool, PoolName: 'sessions', Domains: [{ Domain: 'sessions' }],
    Clients: [{
      ClientId: 'sessionsclient', ClientName: 'Weather station', CallbackURLs: [`${app.url}/cb`], LogoutURLs: [`${app.url}/bye`],
      SupportedIdentityProviders: ['COGNITO'], AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      Extensions: { backchannel_logout_uri: `${app.url}/backchannel`, ...extensions },
    }],
    Users: [{ Username: 'jane', Password: password, UserAttributes: [{ Name: 'email', Value: 'jane@example.com' }] }],
  }] }));
  const server = await startServer(t, { folder, args: ['--bootstrap', file, '--private-addresses', 'true'] });
  return { app, server, account: `${server.url}/sessions/account` };
}

async function signIn(page) {
  await page.locator('input[name=username]').fill('jane');
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The app's own way through the code flow. */
async function link(page, house, afterSignIn = async () => {}) {
  const config = await client.discovery(new URL(`${house.server.url}/${pool}`), 'sessionsclient', undefined, client.None(),
    { execute: [client.allowInsecureRequests] });
  const verifier = client.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier: verifier, expectedState: client.randomState() };
  await page.goto(client.buildAuthorizationUrl(config, {
    redirect_uri: `${house.app.url}/cb`, scope: 'openid email', state: checks.expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  }).href);
  await signIn(page);
  await afterSignIn();
  await page.waitForURL(`${house.app.url}/cb?**`);
  return { config, tokens: await client.authorizationCodeGrant(config, new URL(page.url()), checks) };
}

// Back-Channel Logout 1.0 §2.4, §2.6; RP-Initiated Logout 1.0 §2.
test('an app sends a person away and is told so in the back', async (t) => {
  const house = await startHouse(t);
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    const { config, tokens } = await link(page, house);
    await page.goto(client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token, post_logout_redirect_uri: `${house.app.url}/bye`, state: 'left',
    }).href);
    assert.equal(page.url(), `${house.app.url}/bye?state=left`);
    await waitFor(() => house.app.logouts.length > 0, 'the app is told');
    const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri));
    const { payload } = await jwtVerify(house.app.logouts[0], keys, {
      issuer: config.serverMetadata().issuer, audience: 'sessionsclient', typ: 'logout+jwt', requiredClaims: ['iat', 'exp', 'jti'],
    });
    assert.equal(payload.sid, tokens.claims().sid);
    assert.equal(payload.sub, tokens.claims().sub);
    assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} });
    assert.equal(payload.nonce, undefined);
    await page.goto(house.account);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});

// Front-Channel Logout 1.0 §2.
test('an app hears in a frame that a person left', async (t) => {
  const elsewhere = await startApp(t);
  const frontchannel = `${elsewhere.url}/front`;
  const framed = await startHouse(t, { frontchannel_logout_uri: frontchannel });
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    const { config, tokens } = await link(page, framed);
    const seen = page.waitForRequest((request) => request.url().startsWith(frontchannel));
    await page.goto(client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token, post_logout_redirect_uri: `${framed.app.url}/bye`,
    }).href);
    const told = new URL((await seen).url());
    assert.equal(told.searchParams.get('sid'), tokens.claims().sid);
    assert.equal(told.searchParams.get('iss'), config.serverMetadata().issuer);
    await page.waitForURL(`${framed.app.url}/bye`);
  });
});

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= smallPhone.width, `${page.url()} is ${wide} wide`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`a person looks after the account ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const house = await startHouse(t, { require_consent: true });
    const { page } = await openBrowser(t, { viewport: smallPhone, javaScriptEnabled });
    const other = await openBrowser(t, { javaScriptEnabled });
    await scenario(t, page, async () => {
      await link(page, house, async () => {
        await page.getByRole('heading', { name: 'Do you allow this?' }).waitFor();
        await page.getByText('see your e-mail address').waitFor();
        await page.getByRole('button', { name: 'Allow', exact: true }).click();
      });
      await other.page.goto(house.account);
      await signIn(other.page);
      await other.page.getByRole('heading', { name: 'Your account', exact: true }).waitFor();

      await page.goto(house.account);
      if (javaScriptEnabled) await fits(page);
      await page.getByText('Weather station').waitFor();
      await page.getByRole('button', { name: 'Take access away' }).click();
      await page.getByText('No app has access to your account.').waitFor();
      await page.getByRole('button', { name: 'Sign out there' }).click();
      await page.getByText('That browser is signed out.').waitFor();
      await other.page.reload();
      await other.page.getByRole('button', { name: 'Sign in' }).waitFor();

      await page.getByRole('link', { name: 'Delete your account' }).click();
      if (javaScriptEnabled) await fits(page);
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
      await page.goto(house.account);
      await signIn(page);
      await page.getByText('Incorrect username or password.').waitFor();
    });
  });
}

const userInfo = async (house, token) =>
  (await fetch(`${house.server.url}/sessions/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } })).status;

test('an administrator sees and ends sessions, rotates keys, and withdraws them in an emergency', async (t) => {
  const house = await startHouse(t);
  const admin = (...args) => execFileSync(
    process.env.SYMBOLON_BINARY, ['admin', ...args, '--data', house.server.data, '--pool', pool], { encoding: 'utf8' });
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    const { config, tokens } = await link(page, house);
    const sessions = admin('sessions', 'list', '--user', 'jane');
    assert.match(sessions, /^sso\w{25} .*Chrom/m);
    assert.match(sessions, /^tkn\w{25} .*client sessionsclient/m);
    assert.equal(admin('keys', 'list').match(/ signs /g).length, 2);
    admin('keys', 'rotate');
    assert.equal(admin('keys', 'list').match(/ next /g).length, 2);
    const published = async () => (await (await fetch(config.serverMetadata().jwks_uri)).json()).keys.length;
    await waitFor(async () => await published() === 4, 'the next keys are published');
    assert.equal(await userInfo(house, tokens.access_token), 200);

    const began = performance.now();
    admin('keys', 'roll', '--emergency');
    await waitFor(async () => await userInfo(house, tokens.access_token) === 401, 'the token is refused');
    assert.ok(performance.now() - began < 4000, 'two seconds, and the command itself');
    assert.equal(await published(), 2);

    admin('sessions', 'end', '--user', 'jane');
    assert.equal(admin('sessions', 'list', '--user', 'jane'), '');
    await waitFor(() => house.app.logouts.length > 0, 'the app is told');
    await waitFor(() => / told .* 200$/m.test(admin('logouts')), 'what became of it is kept');
  });
});
