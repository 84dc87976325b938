// A strict OpenID Connect client against the program as built: hybrid answers by form post and in the fragment (OpenID
// Connect Core §3.3), pushed authorization requests (RFC 9126) and request objects (RFC 9101).
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as openid from 'openid-client';
import { Visitor } from './support/oauth.mjs';
import { startServer, temporaryFolder } from './support/symbolon.mjs';

const poolId = 'us-east-1_Request01';
const clientId = 'requestclient';
const callback = 'https://client.example/cb';
const phone = '+14155550123';
const password = 'Correct-Horse-7';

async function makeKey() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { key: pair.privateKey, kid: 'client-1', jwk: { kty, crv, x, y, kid: 'client-1', alg: 'ES256', use: 'sig' } };
}

function pools(jwk) {
  return {
    UserPools: [{
      Id: poolId, PoolName: 'requests', UsernameAttributes: ['phone_number'], AutoVerifiedAttributes: ['phone_number'],
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
      Extensions: { strict_oidc: true },
      Clients: [{
        ClientId: clientId, ClientName: 'relying party', SupportedIdentityProviders: ['COGNITO'],
        CallbackURLs: [callback], AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code', 'implicit'],
        AllowedOAuthScopes: ['openid', 'phone'],
        Extensions: {
          token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] }, require_pkce: true,
          response_types: ['code', 'code id_token', 'id_token'],
        },
      }],
      Users: [{
        Username: phone, Password: password, Confirmed: true,
        UserAttributes: [{ Name: 'phone_number', Value: phone }, { Name: 'phone_number_verified', Value: 'true' }],
      }],
    }],
  };
}

/** What a client remembers of a request, and the request's parameters. */
async function makeRequest(more = {}) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: openid.randomState(), expectedNonce: openid.randomNonce() };
  const parameters = {
    redirect_uri: callback, scope: 'openid phone', state: checks.expectedState, nonce: checks.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256', ...more,
  };
  return { checks, parameters };
}

/** The request that a browser makes of a page that posts itself. */
async function postedBy(page) {
  const unescape = (text) => text.replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const html = await page.text();
  const [, action] = html.match(/<form method="post" action="([^"]*)">/);
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const body = new URLSearchParams(fields.map(([, name, value]) => [unescape(name), unescape(value)]));
  return new Request(unescape(action), { method: 'POST', body });
}

test('hybrid answers, pushed requests and request objects', async (t) => {
  const folder = temporaryFolder(t);
  const { key, kid, jwk } = await makeKey();
  const file = path.join(folder, 'pools.json');
  writeFileSync(file, JSON.stringify(pools(jwk)));
  const server = await startServer(t, { folder, args: ['--bootstrap', file] });
  const discover = (...execute) => openid.discovery(new URL(`${server.url}/${poolId}`), clientId, undefined,
    openid.PrivateKeyJwt({ key, kid }), { execute: [openid.allowInsecureRequests, ...execute] });
  const plain = await discover(openid.enableNonRepudiationChecks);
  const hybrid = await discover(openid.useCodeIdTokenResponseType, openid.enableDetachedSignatureResponseChecks);
  const implicit = await discover(openid.useIdTokenResponseType);
  const visitor = new Visitor();

  await t.test('a person signs in to a pushed request', async () => {
    const { checks, parameters } = await makeRequest();
    const url = await openid.buildAuthorizationUrlWithPAR(plain, parameters);
    assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
    const toLogin = await visitor.fetch(url);
    const done = await visitor.submit(toLogin.headers.get('location'), { username: phone, password });
    const tokens = await openid.authorizationCodeGrant(plain, new URL(done.headers.get('location')), checks);
    assert.deepEqual(tokens.claims().amr, ['pwd']);
    const again = await visitor.fetch(url);
    assert.match(again.headers.get('location'), /error=invalid_request_uri/, 'a request_uri is answered once');
  });

  await t.test('code and ID token, posted by the browser', async () => {
    const { checks, parameters } = await makeRequest({ response_mode: 'form_post' });
    const page = await visitor.fetch(openid.buildAuthorizationUrl(hybrid, parameters));
    assert.equal(page.status, 200);
    const tokens = await openid.authorizationCodeGrant(hybrid, await postedBy(page), checks);
    const info = await openid.fetchUserInfo(hybrid, tokens.access_token, tokens.claims().sub);
    assert.equal(info.phone_number, phone);
    assert.equal(info.phone_number_verified, true);
  });

  await t.test('code and ID token in the fragment', async () => {
    const { checks, parameters } = await makeRequest();
    const done = await visitor.fetch(openid.buildAuthorizationUrl(hybrid, parameters));
    const tokens = await openid.authorizationCodeGrant(hybrid, new URL(done.headers.get('location')), checks);
    assert.ok(tokens.refresh_token);
  });

  await t.test('an ID token alone', async () => {
    const { checks, parameters } = await makeRequest();
    const done = await visitor.fetch(openid.buildAuthorizationUrl(implicit, parameters));
    const claims = await openid.implicitAuthentication(implicit, new URL(done.headers.get('location')),
      checks.expectedNonce, { expectedState: checks.expectedState });
    assert.equal(claims.aud, clientId);
  });

  await t.test('a request object', async () => {
    const { checks, parameters } = await makeRequest({ max_age: '3600' });
    const url = await openid.buildAuthorizationUrlWithJAR(plain, parameters, { key, kid });
    const done = await visitor.fetch(url);
    await openid.authorizationCodeGrant(plain, new URL(done.headers.get('location')), { ...checks, maxAge: 3600 });
    const broken = new URL(url);
    broken.searchParams.set('request', url.searchParams.get('request').slice(0, -8) + 'AAAAAAAA');
    const refused = await visitor.fetch(broken);
    assert.match(refused.headers.get('location'), /error=invalid_request_object/);
  });
});
