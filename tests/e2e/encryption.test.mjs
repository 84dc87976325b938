// What is encrypted, and answers as JWTs, read and written by others: openid-client decrypts ID tokens and userInfo
// (OpenID Connect Core §10.2) and takes answers by JARM; jose encrypts request objects to the pool (RFC 9101 §6.1) and
// reads an encrypted answer.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as jose from 'jose';
import * as openid from 'openid-client';
import { Visitor } from './support/oauth.mjs';
import { startServer, temporaryFolder } from './support/symbolon.mjs';

const poolId = 'us-east-1_Encrypt01';
const callback = 'https://client.example/cb';
const phone = '+14155550123';
const password = 'Correct-Horse-7';
const base = { token_endpoint_auth_method: 'private_key_jwt', require_pkce: true };

/** The client's keys: one to sign with, and one of each kind to read with. */
async function makeKeys() {
  const options = { extractable: true };
  const sign = await jose.generateKeyPair('ES256', options);
  const curve = await jose.generateKeyPair('ECDH-ES', { ...options, crv: 'P-256' });
  const rsa = await jose.generateKeyPair('RSA-OAEP-256', { ...options, modulusLength: 2048 });
  const publish = async (pair, more) => ({ ...await jose.exportJWK(pair.publicKey), ...more });
  const jwks = { keys: [
    await publish(sign, { kid: 'sign', use: 'sig', alg: 'ES256' }),
    await publish(curve, { kid: 'curve', use: 'enc' }),
    await publish(rsa, { kid: 'rsa', use: 'enc' }),
  ] };
  return { sign: { key: sign.privateKey, kid: 'sign' }, curve: { key: curve.privateKey, kid: 'curve' },
    rsa: { key: rsa.privateKey, kid: 'rsa' }, jwks };
}

function pools(jwks) {
  const client = (ClientId, extensions) => ({
    ClientId, ClientName: ClientId, SupportedIdentityProviders: ['COGNITO'], CallbackURLs: [callback],
    AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'phone'],
    Extensions: { ...base, jwks, ...extensions },
  });
  return {
    UserPools: [{
      Id: poolId, PoolName: 'encryption', UsernameAttributes: ['phone_number'], AutoVerifiedAttributes: ['phone_number'],
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
      Extensions: { strict_oidc: true, encrypted_request_objects: true },
      Clients: [
        client('curveclient', {
          id_token_encrypted_response_alg: 'ECDH-ES+A256KW', id_token_encrypted_response_enc: 'A256GCM',
          userinfo_signed_response_alg: 'RS256', userinfo_encrypted_response_alg: 'ECDH-ES',
          authorization_encrypted_response_alg: 'ECDH-ES+A128KW',
        }),
        client('rsaclient', {
          id_token_encrypted_response_alg: 'RSA-OAEP-256', id_token_encrypted_response_enc: 'A256CBC-HS512',
        }),
      ],
      Users: [{
        Username: phone, Password: password, Confirmed: true,
        UserAttributes: [{ Name: 'phone_number', Value: phone }, { Name: 'phone_number_verified', Value: 'true' }],
      }],
    }],
  };
}

async function makeRequest(more = {}) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: openid.randomState(), expectedNonce: openid.randomNonce() };
  const parameters = {
    redirect_uri: callback, scope: 'openid phone', state: checks.expectedState, nonce: checks.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256', ...more,
  };
  return { checks, parameters };
}

test('encrypted messages and answers as JWTs', async (t) => {
  const folder = temporaryFolder(t);
  const keys = await makeKeys();
  const file = path.join(folder, 'pools.json');
  writeFileSync(file, JSON.stringify(pools(keys.jwks)));
  const server = await startServer(t, { folder, args: ['--bootstrap', file] });
  const issuer = new URL(`${server.url}/${poolId}`);
  const discover = (id, metadata, ...execute) => openid.discovery(issuer, id, metadata, openid.PrivateKeyJwt(keys.sign),
    { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks, ...execute] });
  const visitor = new Visitor();

  await t.test('ID token and userInfo, over an elliptic curve', async () => {
    const config = await discover('curveclient', { userinfo_signed_response_alg: 'RS256' });
    openid.enableDecryptingResponses(config, ['A256GCM', 'A128CBC-HS256'], keys.curve);
    const { checks, parameters } = await makeRequest();
    const toLogin = await visitor.fetch(openid.buildAuthorizationUrl(config, parameters));
    const done = await visitor.submit(toLogin.headers.get('location'), { username: phone, password });
    const tokens = await openid.authorizationCodeGrant(config, new URL(done.headers.get('location')), checks);
    assert.equal(jose.decodeProtectedHeader(tokens.id_token).alg, 'ECDH-ES+A256KW');
    const info = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
    assert.equal(info.phone_number, phone);
    const again = await openid.refreshTokenGrant(config, tokens.refresh_token);
    assert.equal(again.claims().sub, tokens.claims().sub);
  });

  await t.test('an ID token with RSA, for an answer by JARM', async () => {
    const config = await discover('rsaclient', {}, openid.useJwtResponseMode);
    openid.enableDecryptingResponses(config, ['A256CBC-HS512'], keys.rsa);
    const { checks, parameters } = await makeRequest();
    const done = await visitor.fetch(openid.buildAuthorizationUrl(config, parameters));
    const location = new URL(done.headers.get('location'));
    assert.deepEqual([...location.searchParams.keys()], ['response']);
    const tokens = await openid.authorizationCodeGrant(config, location, checks);
    assert.equal(jose.decodeProtectedHeader(tokens.id_token).alg, 'RSA-OAEP-256');
    assert.ok(tokens.claims().sub);
  });

  await t.test('an encrypted request object, answered by an encrypted JWT', async () => {
    const config = await discover('curveclient', {});
    const { checks, parameters } = await makeRequest({ response_mode: 'jwt' });
    const url = await openid.buildAuthorizationUrlWithJAR(config, parameters, keys.sign);
    const published = await (await fetch(config.serverMetadata().jwks_uri)).json();
    const own = published.keys.find((key) => key.use === 'enc');
    const sealed = await new jose.CompactEncrypt(new TextEncoder().encode(url.searchParams.get('request')))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A128CBC-HS256', cty: 'oauth-authz-req+jwt', kid: own.kid })
      .encrypt(await jose.importJWK(own, 'ECDH-ES+A256KW'));
    url.searchParams.set('request', sealed);
    const done = await visitor.fetch(url);
    const response = new URL(done.headers.get('location')).searchParams.get('response');
    const { plaintext } = await jose.compactDecrypt(response, keys.curve.key);
    const { payload } = await jose.jwtVerify(new TextDecoder().decode(plaintext), jose.createLocalJWKSet(published),
      { issuer: issuer.href, audience: 'curveclient' });
    assert.equal(payload.state, checks.expectedState);
    assert.ok(payload.code);
  });
});
