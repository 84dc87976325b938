// Debian's apache2 with mod_auth_openidc: a relying party that somebody else wrote, in front of a page that only who signed
// in may see, and a resource server that checks tokens by the keys of the server.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { apacheAddress, startApache } from './support/apache.mjs';
import { jane, poolWithJane, startWithPools } from './support/bootstrap.mjs';
import { Visitor } from './support/oauth.mjs';
import { temporaryFolder } from './support/symbolon.mjs';
import { sdkClient } from './support/tutorial.mjs';

const poolId = 'us-east-1_Apache001';
const clientId = 'apacheclient';

async function secretOf(server) {
  const { UserPoolClient } = await sdkClient(server).send(
    new cognito.DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }));
  return UserPoolClient.ClientSecret;
}

/** The server's keys as files, `kid#path`: the module reads a list of keys over https alone. */
async function keyFiles(issuer, folder) {
  const { keys } = await (await fetch(`${issuer}/.well-known/jwks.json`)).json();
  return keys.map((jwk, index) => {
    const file = path.join(folder, `${index}.pem`);
    writeFileSync(file, createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
    return `${jwk.kid}#${file}`;
  });
}

/** How an operator would configure it, but for TLS. */
function configuration(issuer, address, secret, keys) {
  return `
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${secret}
OIDCRedirectURI http://${address}/page/callback
OIDCCryptoPassphrase for-tests-only
OIDCScope "openid phone"
OIDCPKCEMethod S256
OIDCUserInfoRefreshInterval 0
OIDCRemoteUserClaim phone_number
OIDCOAuthVerifyCertFiles ${keys.join(' ')}
OIDCOAuthRemoteUserClaim sub
<Location /page>
  AuthType openid-connect
  OIDCUnAuthAction auth true
  Require valid-user
  Header always set X-Who "expr=%{REMOTE_USER}"
  Header always set X-Verified "%{OIDC_CLAIM_phone_number_verified}e"
</Location>
<Location /api>
  AuthType oauth20
  Require claim client_id:${clientId}
  Header always set X-Who "expr=%{REMOTE_USER}"
</Location>
`;
}

async function prepared(t) {
  const address = await apacheAddress();
  const site = `http://${address}`;
  const server = await startWithPools(t, [poolWithJane(poolId, [{
    ClientId: clientId, GenerateSecret: true, CallbackURLs: [`${site}/page/callback`], LogoutURLs: [`${site}/bye.html`],
  }], { Extensions: { strict_oidc: true } })]);
  const issuer = `${server.url}/${poolId}`;
  const secret = await secretOf(server);
  const keys = await keyFiles(issuer, temporaryFolder(t));
  const apache = await startApache(t, address, configuration(issuer, address, secret, keys), {
    'index.html': 'open to all', 'page/index.html': 'only for who signed in', 'api/index.html': 'data', 'bye.html': 'bye',
  });
  return { issuer, apache, secret };
}

/** To the page, by way of the server's own pages; with `app` and `op` as the browser's cookies of both. */
async function signIn({ issuer, apache }, app, op) {
  const toServer = await app.fetch(`${apache.url}/page/`);
  assert.equal(toServer.status, 302, apache.log());
  const asked = new URL(toServer.headers.get('location'));
  assert.equal(asked.origin + asked.pathname, `${issuer}/oauth2/authorize`);
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256');
  const toLogin = await op.fetch(asked);
  const back = await op.submit(toLogin.headers.get('location'), jane);
  const toPage = await app.fetch(back.headers.get('location'));
  assert.equal(toPage.status, 302, apache.log());
  assert.equal(toPage.headers.get('location'), `${apache.url}/page/`);
}

test('apache lets in who signed in, and out again', async (t) => {
  const house = await prepared(t);
  const { issuer, apache } = house;
  const app = new Visitor();
  const op = new Visitor();
  await signIn(house, app, op);
  const seen = await app.fetch(`${apache.url}/page/`);
  assert.equal(seen.status, 200, apache.log());
  assert.equal(await seen.text(), 'only for who signed in');
  assert.equal(seen.headers.get('x-who'), jane.username);
  assert.match(seen.headers.get('x-verified'), /^(1|true)$/);

  await t.test('an answer that another browser began is not taken', async () => {
    const toServer = await new Visitor().fetch(`${apache.url}/page/`);
    const back = await op.fetch(toServer.headers.get('location'));
    const refused = await new Visitor().fetch(back.headers.get('location'));
    assert.notEqual(refused.headers.get('location'), `${apache.url}/page/`);
  });

  await t.test('a resource server takes access tokens of the server and no others', async () => {
    const token = await accessTokenOf(house, op);
    const answer = await fetch(`${apache.url}/api/`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200, apache.log());
    assert.equal(await answer.text(), 'data');
    assert.match(answer.headers.get('x-who'), /^[0-9a-f-]{36}/);
    assert.equal((await fetch(`${apache.url}/api/`, { headers: { authorization: 'Bearer made-up' } })).status, 401);
    assert.equal((await fetch(`${apache.url}/api/`)).status, 401);
  });

  await t.test('sign-out goes through the server', async () => {
    const leave = `${apache.url}/page/callback?logout=${encodeURIComponent(`${apache.url}/bye.html`)}`;
    const toServer = new URL((await app.fetch(leave)).headers.get('location'));
    assert.equal(toServer.origin + toServer.pathname, `${issuer}/logout`);
    assert.ok(toServer.searchParams.get('id_token_hint'));
    const back = await op.fetch(toServer);
    assert.equal(back.headers.get('location').split('?')[0], `${apache.url}/bye.html`);
    const again = new URL((await app.fetch(`${apache.url}/page/`)).headers.get('location'));
    assert.match((await op.fetch(again)).headers.get('location'), /\/login\?/);
  });
});

/** What the same client gets by itself. */
async function accessTokenOf({ issuer, apache, secret }, op) {
  const redirectUri = `${apache.url}/page/callback`;
  const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: 'openid' });
  const back = new URL((await op.fetch(`${issuer}/oauth2/authorize?${query}`)).headers.get('location'));
  const answer = await fetch(`${issuer}/oauth2/token`, {
    method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: back.searchParams.get('code'), redirect_uri: redirectUri }),
  });
  return (await answer.json()).access_token;
}
