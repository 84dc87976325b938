// A strict OAuth client against the program as built: a device that proves itself by a key (RFC 7523), is let in by a
// person elsewhere (RFC 8628), and holds tokens that only its key opens (RFC 9449).
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as openid from 'openid-client';
import { Visitor } from './support/oauth.mjs';
import { startServer, temporaryFolder } from './support/symbolon.mjs';

const poolId = 'us-east-1_Device001';
const clientId = 'speakerclient';
const phone = '+14155550123';
const password = 'Correct-Horse-7';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

async function makeKey() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { key: pair.privateKey, kid: 'speaker-1', jwk: { kty, crv, x, y, kid: 'speaker-1', alg: 'ES256', use: 'sig' } };
}

/** A pool with a person, and with a speaker as its client. */
function pools(jwk) {
  return {
    UserPools: [{
      Id: poolId, PoolName: 'devices', UsernameAttributes: ['phone_number'], AutoVerifiedAttributes: ['phone_number'],
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
      Clients: [{
        ClientId: clientId, ClientName: 'speaker', SupportedIdentityProviders: ['COGNITO'],
        CallbackURLs: ['https://client.example/cb'], AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'phone'],
        Extensions: {
          grant_types: [deviceGrant], token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256', jwks: { keys: [jwk] }, access_token_format: 'jwt',
          dpop_bound_access_tokens: true, require_dpop_nonce: true,
        },
      }],
      Users: [{
        Username: phone, Password: password, Confirmed: true,
        UserAttributes: [{ Name: 'phone_number', Value: phone }, { Name: 'phone_number_verified', Value: 'true' }],
      }],
    }],
  };
}

/** What the person does in a browser of their own. */
async function letIn(verificationUri, userCode) {
  const visitor = new Visitor();
  const toLogin = await visitor.submit(verificationUri, { user_code: userCode.toLowerCase().replace('-', ' ') });
  assert.equal(toLogin.status, 302);
  const toConfirm = await visitor.submit(toLogin.headers.get('location'), { username: phone, password });
  assert.equal(toConfirm.status, 302);
  const confirm = toConfirm.headers.get('location');
  assert.match(await (await visitor.fetch(confirm)).text(), new RegExp(userCode));
  assert.equal((await visitor.submit(confirm, { allow: 'true' })).status, 200);
}

test('a device signs in, and its tokens are of no use without its key', async (t) => {
  const folder = temporaryFolder(t);
  const { key, kid, jwk } = await makeKey();
  const file = path.join(folder, 'pools.json');
  writeFileSync(file, JSON.stringify(pools(jwk)));
  const server = await startServer(t, { folder, args: ['--bootstrap', file] });
  const issuer = new URL(`${server.url}/${poolId}`);
  const config = await openid.discovery(issuer, clientId, undefined, openid.PrivateKeyJwt({ key, kid }),
    { execute: [openid.allowInsecureRequests] });
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));

  const device = await openid.initiateDeviceAuthorization(config, { scope: 'openid phone' });
  assert.match(device.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  await letIn(device.verification_uri, device.user_code);
  const tokens = await openid.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.05 }, undefined, { DPoP });
  assert.equal(tokens.token_type, 'dpop');
  const { sub } = tokens.claims();

  const info = await openid.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
  assert.equal(info.phone_number, phone);
  const asBearer = await fetch(config.serverMetadata().userinfo_endpoint, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  assert.equal(asBearer.status, 401);

  const seen = await openid.tokenIntrospection(config, tokens.access_token);
  assert.equal(seen.active, true);
  assert.equal(seen.sub, sub);
  assert.ok(seen.cnf.jkt);

  const next = await openid.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.notEqual(next.access_token, tokens.access_token);
  await openid.tokenRevocation(config, next.access_token);
  assert.deepEqual(await openid.tokenIntrospection(config, tokens.refresh_token), { active: false });
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP }), { error: 'invalid_grant' });
});
