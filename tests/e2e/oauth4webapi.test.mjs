// oauth4webapi, the strictest of clients, against the program as built: every answer is checked by it, so that what is
// asserted here is only what it leaves open.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { jane, makeClientKey, poolWithJane, startWithPools } from './support/bootstrap.mjs';
import { Visitor } from './support/oauth.mjs';

const callback = 'https://client.example/cb';
const insecure = { [oauth.allowInsecureRequests]: true };  // the server is on loopback, without TLS

async function discover(server, pool) {
  const issuer = new URL(`${server.url}/${pool}`);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
}

/** What a request and its answer have in common. */
async function makeRequest() {
  const verifier = oauth.generateRandomCodeVerifier();
  return {
    verifier, state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(),
    challenge: await oauth.calculatePKCECodeChallenge(verifier),
  };
}

function parametersOf(request) {
  return {
    response_type: 'code', redirect_uri: callback, scope: 'openid phone', state: request.state, nonce: request.nonce,
    code_challenge: request.challenge, code_challenge_method: 'S256',
  };
}

/** Where the browser of somebody who signs in ends. */
async function signIn(url, visitor = new Visitor()) {
  const toLogin = await visitor.fetch(url);
  const done = await visitor.submit(toLogin.headers.get('location'), jane);
  return new URL(done.headers.get('location'));
}

/** The visitor's session answers at once. */
async function answerOf(url, visitor) {
  return new URL((await visitor.fetch(url)).headers.get('location'));
}

test('a client of the FAPI 2.0 Security Profile', async (t) => {
  const pool = 'us-east-1_Fapi00001';
  const { key, kid, jwk } = await makeClientKey('bank-1');
  const server = await startWithPools(t, [poolWithJane(pool, [{
    ClientId: 'bankclient', CallbackURLs: [callback],
    Extensions: { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] }, access_token_format: 'jwt' },
  }], { Extensions: { security_profile: 'fapi2', signing_alg: 'ES256', strict_oidc: true } })]);
  const as = await discover(server, pool);
  const client = {
    client_id: 'bankclient', require_auth_time: true, id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: 'ES256',
  };
  const proveClient = oauth.PrivateKeyJwt({ key, kid });
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const options = { ...insecure, DPoP };
  assert.equal(as.require_pushed_authorization_requests, true);

  const visitor = new Visitor();
  const push = async (request, more = {}) => {
    const pushed = await oauth.processPushedAuthorizationResponse(as, client,
      await oauth.pushedAuthorizationRequest(as, client, proveClient, { ...parametersOf(request), ...more }, options));
    const url = new URL(as.authorization_endpoint);
    url.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
    return url;
  };
  const request = await makeRequest();
  const params = oauth.validateAuthResponse(as, client, await signIn(await push(request), visitor), request.state);

  const response = await oauth.authorizationCodeGrantRequest(as, client, proveClient, params, callback, request.verifier, options);
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: request.nonce, requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, response, insecure);
  assert.equal(tokens.token_type, 'dpop');
  const { sub } = oauth.getValidatedIdTokenClaims(tokens);

  await t.test('a signed answer', async () => {
    const signed = await makeRequest();
    const answer = await answerOf(await push(signed, { response_mode: 'jwt' }), visitor);
    assert.deepEqual([...answer.searchParams.keys()], ['response']);
    const inside = await oauth.validateJwtAuthResponse(as, client, answer, signed.state, insecure);
    const again = await oauth.authorizationCodeGrantRequest(as, client, proveClient, inside, callback, signed.verifier, options);
    await oauth.processAuthorizationCodeResponse(as, client, again, { expectedNonce: signed.nonce, requireIdToken: true });
  });

  await t.test('userInfo with a proof', async () => {
    const answer = await oauth.userInfoRequest(as, client, tokens.access_token, options);
    const info = await oauth.processUserInfoResponse(as, client, sub, answer);
    assert.equal(info.phone_number, jane.username);
    assert.equal(info.phone_number_verified, true);
  });

  await t.test('introspection', async () => {
    const answer = await oauth.introspectionRequest(as, client, proveClient, tokens.access_token, insecure);
    const seen = await oauth.processIntrospectionResponse(as, client, answer);
    assert.equal(seen.active, true);
    assert.ok(seen.cnf.jkt);
  });

  await t.test('a refresh, with the key alone', async () => {
    const ask = (key) => oauth.refreshTokenGrantRequest(as, client, proveClient, tokens.refresh_token, { ...insecure, ...key });
    await assert.rejects(async () => oauth.processRefreshTokenResponse(as, client, await ask({})), { error: 'invalid_dpop_proof' });
    const next = await oauth.processRefreshTokenResponse(as, client, await ask({ DPoP }));
    assert.equal(next.refresh_token, undefined, 'the profile forbids to replace it');
    assert.equal(oauth.getValidatedIdTokenClaims(next).sub, sub);
  });

  await t.test('revocation', async () => {
    const answer = await oauth.revocationRequest(as, client, proveClient, tokens.refresh_token, insecure);
    assert.equal(await oauth.processRevocationResponse(answer), undefined);
    await assert.rejects(async () => oauth.processUserInfoResponse(as, client, sub,
      await oauth.userInfoRequest(as, client, tokens.access_token, options)), { code: oauth.WWW_AUTHENTICATE_CHALLENGE });
  });

  await t.test('a request that was not pushed is refused', async () => {
    const plain = new URL(as.authorization_endpoint);
    plain.search = new URLSearchParams({ client_id: client.client_id, ...parametersOf(request) });
    const answer = await answerOf(plain, new Visitor());
    assert.throws(() => oauth.validateAuthResponse(as, client, answer, request.state), { error: 'invalid_request' });
  });
});

test('clients with a secret and without', async (t) => {
  const pool = 'us-east-1_Strict001';
  const device = 'urn:ietf:params:oauth:grant-type:device_code';
  const server = await startWithPools(t, [poolWithJane(pool, [
    { ClientId: 'spaclient', CallbackURLs: [callback], Extensions: { require_pkce: true } },
    {
      ClientId: 'machineclient', GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['https://api.example/read'],
    },
    { ClientId: 'televisionclient', CallbackURLs: [callback], Extensions: { grant_types: [device] } },
  ], {
    Extensions: { strict_oidc: true },
    ResourceServers: [{ Identifier: 'https://api.example', Name: 'API', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }] }],
  })]);
  const as = await discover(server, pool);
  const visitor = new Visitor();

  await t.test('a public client: code, PKCE, a refresh token that is replaced', async () => {
    const client = { client_id: 'spaclient' };
    const request = await makeRequest();
    const url = new URL(as.authorization_endpoint);
    url.search = new URLSearchParams({ client_id: client.client_id, ...parametersOf(request) });
    const params = oauth.validateAuthResponse(as, client, await signIn(url, visitor), request.state);
    const response = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), params, callback, request.verifier, insecure);
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: request.nonce });
    await oauth.validateApplicationLevelSignature(as, response, insecure);
    const refresh = async (token) => oauth.processRefreshTokenResponse(as, client,
      await oauth.refreshTokenGrantRequest(as, client, oauth.None(), token, insecure));
    const [one, same] = await Promise.all([refresh(tokens.refresh_token), refresh(tokens.refresh_token)]);
    assert.ok(one.refresh_token);
    assert.notEqual(one.refresh_token, tokens.refresh_token);
    assert.equal(one.refresh_token, same.refresh_token, 'two at once get the same successor');
  });

  await t.test('a silent request without a nonce and with max_age', async () => {
    const client = { client_id: 'spaclient', require_auth_time: true };
    const request = await makeRequest();
    const { nonce, ...rest } = parametersOf(request);
    const url = new URL(as.authorization_endpoint);
    url.search = new URLSearchParams({ client_id: client.client_id, ...rest, prompt: 'none', max_age: '600' });
    const params = oauth.validateAuthResponse(as, client, await answerOf(url, visitor), request.state);
    const response = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), params, callback, request.verifier, insecure);
    await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: oauth.expectNoNonce, maxAge: 600 });
  });

  await t.test('client credentials', async () => {
    const secret = await secretOf(server, pool, 'machineclient');
    const client = { client_id: 'machineclient' };
    for (const proveClient of [oauth.ClientSecretBasic(secret), oauth.ClientSecretPost(secret)]) {
      const answer = await oauth.clientCredentialsGrantRequest(as, client, proveClient, { scope: 'https://api.example/read' }, insecure);
      const tokens = await oauth.processClientCredentialsResponse(as, client, answer);
      assert.equal(tokens.scope, 'https://api.example/read');
    }
    const wrong = await oauth.clientCredentialsGrantRequest(as, client, oauth.ClientSecretBasic('wrong'), {}, insecure);
    await assert.rejects(oauth.processClientCredentialsResponse(as, client, wrong), { code: oauth.WWW_AUTHENTICATE_CHALLENGE });
  });

  await t.test('a device', async () => {
    const client = { client_id: 'televisionclient' };
    const started = await oauth.processDeviceAuthorizationResponse(as, client,
      await oauth.deviceAuthorizationRequest(as, client, oauth.None(), { scope: 'openid phone' }, insecure));
    const ask = async () => oauth.processDeviceCodeResponse(as, client,
      await oauth.deviceCodeGrantRequest(as, client, oauth.None(), started.device_code, insecure));
    await assert.rejects(ask(), { error: 'authorization_pending' });
    const person = new Visitor();
    const toLogin = await person.submit(started.verification_uri, { user_code: started.user_code });
    const toConfirm = await person.submit(toLogin.headers.get('location'), jane);
    await person.submit(toConfirm.headers.get('location'), { allow: 'true' });
    const tokens = await ask();
    assert.equal(oauth.getValidatedIdTokenClaims(tokens).aud, client.client_id);
  });
});

async function secretOf(server, pool, clientId) {
  const { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } = await import('@aws-sdk/client-cognito-identity-provider');
  const api = new CognitoIdentityProviderClient({ endpoint: server.url, region: 'us-east-1', credentials: server.credentials });
  const { UserPoolClient } = await api.send(new DescribeUserPoolClientCommand({ UserPoolId: pool, ClientId: clientId }));
  return UserPoolClient.ClientSecret;
}
