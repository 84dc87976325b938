// Google's streamlined linking, both sides ours: the assistant vouches for a person as Google does, the server takes the
// assertion as its JWT bearer grant has it (voice-account-linking.md §4.1).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { openBrowser, scenario } from './support/browser.mjs';
import { start, startServer, temporaryFolder } from './support/symbolon.mjs';
import { makePool, sdkClient } from './support/tutorial.mjs';

const pictures = process.env.SYMBOLON_PICTURES;

async function startAssistant(t) {
  const folder = temporaryFolder(t);
  const data = path.join(folder, 'data');
  const running = await start(t, ['assistant', '--data', data, '--listen', '127.0.0.1:0', '--log-level', 'warning'], 1, folder);
  const token = readFileSync(path.join(data, 'assistant.token'), 'utf8').trim();
  const api = async (method, target, body) => {
    const response = await fetch(running.urls[0] + target, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${target}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  return { url: running.urls[0], api };
}

/** A pool that takes the word of `issuer` for who somebody is, and a client that may show it. */
async function startVouchedPool(t, issuer) {
  const server = await startServer(t, { args: ['--private-addresses', 'true'] });
  const admin = sdkClient(server);
  const pool = await makePool(admin);
  await admin.send(new cognito.CreateIdentityProviderCommand({
    UserPoolId: pool.poolId, ProviderName: 'LikeGoogle', ProviderType: 'OIDC',
    ProviderDetails: { client_id: 'g-client', client_secret: 'unused', oidc_issuer: issuer, authorize_scopes: 'openid email', attributes_request_method: 'GET' },
    AttributeMapping: { email: 'email', email_verified: 'email_verified', name: 'name' },
  }));
  const { UserPoolClient } = await admin.send(new cognito.DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId: pool.clientId }));
  const { ClientSecret, LastModifiedDate, CreationDate, ...settings } = UserPoolClient;
  await admin.send(new cognito.UpdateUserPoolClientCommand({ ...settings, SupportedIdentityProviders: ['COGNITO', 'LikeGoogle'] }));
  const file = path.join(server.folder, 'extensions.json');
  writeFileSync(file, JSON.stringify({ grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] }));
  execFileSync(process.env.SYMBOLON_BINARY, ['admin', 'client', pool.poolId, pool.clientId, '--set', file, '--data', server.data]);
  return { server, admin, pool, site: `${server.url}/${pool.domain}` };
}

async function makeSkill({ api }, { pool, site }) {
  const { skillId } = await api('POST', '/v1/skills', { manifest: {
    publishingInformation: { locales: { 'en-US': { name: 'Lamps' } } },
    apis: { custom: { endpoint: { uri: 'http://127.0.0.1:9/', sslCertificateType: 'SelfSigned' } }, google: { clientId: 'g-client' } } } });
  await api('PUT', `/v1/skills/${skillId}/stages/development/accountLinkingClient`, { accountLinkingRequest: {
    type: 'AUTH_CODE', authorizationUrl: `${site}/oauth2/authorize`, accessTokenUrl: `${site}/oauth2/token`,
    clientId: pool.clientId, clientSecret: pool.clientSecret, scopes: ['openid'] } });
  await api('PUT', '/v1/accounts/main', { name: 'Bob', email: 'bob@gmail.com' });
  return skillId;
}

async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

test('a person agrees at Google, an account is made, and is found again', async (t) => {
  const assistant = await startAssistant(t);
  const world = await startVouchedPool(t, `${assistant.url}/google`);
  const skill = await makeSkill(assistant, world);
  const app = `${assistant.url}/app/skills/${skill}`;
  const link = () => assistant.api('GET', `/v1/skills/${skill}/lab/link`).then((found) => found.link);
  const { page, foreign } = await openBrowser(t);
  const agree = async () => {
    await page.goto(app);
    await page.getByRole('link', { name: 'Link with Google' }).click();
    await picture(page, 'google-shares');
    await page.getByRole('button', { name: 'Agree and link' }).click();
  };
  await scenario(t, page, async () => {
    await agree();
    await page.getByRole('heading', { name: 'You have no account at Lamps yet' }).waitFor();
    assert.match(await page.getByRole('link', { name: 'Use another account' }).getAttribute('href'), /login_hint=bob(%40|@)gmail\.com/);
    await picture(page, 'google-creates');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Your account is linked' }).waitFor();
    await page.getByText('intent=create').first().waitFor();
    await picture(page, 'google-linked');
    assert.equal((await link()).platform, 'google');

    await page.goto(app);
    await page.getByRole('button', { name: 'Unlink account' }).click();
    await agree();
    await page.getByRole('heading', { name: 'Your account is linked' }).waitFor();
    await page.getByText('intent=get').first().waitFor();
  });
  const { Users } = await world.admin.send(new cognito.ListUsersCommand({ UserPoolId: world.pool.poolId }));
  assert.equal(Users.length, 1);
  assert.equal(Users[0].Attributes.find(({ Name }) => Name === 'email').Value, 'bob@gmail.com');
  assert.deepEqual(foreign, []);
});

test('a client that was not set to it goes on in the browser, and the page tells why', async (t) => {
  const assistant = await startAssistant(t);
  const world = await startVouchedPool(t, 'http://127.0.0.1:9/google');  // the issuer of nobody
  const skill = await makeSkill(assistant, world);
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    await page.goto(`${assistant.url}/app/skills/${skill}/google`);
    await page.getByRole('button', { name: 'Agree and link' }).click();
    await page.getByRole('heading', { name: 'The account was not linked' }).waitFor();
    await page.getByText('oauth_error:invalid_grant').first().waitFor();
    await picture(page, 'google-fails');
    assert.match(await page.getByRole('link', { name: 'Go on in the browser' }).getAttribute('href'), /platform=google/);
  });
});
