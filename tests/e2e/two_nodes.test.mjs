// Two servers that share a PostgreSQL database and the keys, and nothing else: whatever one of them begins or changes, the
// other goes on with; what is refused by one is refused by both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { Visitor, authorizeUrl, exchange, signInByPages, userInfo } from './support/oauth.mjs';
import { startNode, startServer } from './support/symbolon.mjs';
import { answerCode, beginSignIn, makePool, password, sdkClient, secretHash, signIn, signUp } from './support/tutorial.mjs';
import { waitFor } from './support/wait.mjs';

const number = '+14155550123';
const becomesCurrent = 2000;  // ms, as docs/deployment.md says

async function twoNodes(t) {
  const a = await startServer(t);
  const b = await startNode(t, a);
  const clientA = sdkClient(a);
  const clientB = sdkClient(b);
  const pool = await makePool(clientA);
  return { a, b, clientA, clientB, pool };
}

async function twoNodesAndUser(t) {
  const nodes = await twoNodes(t);
  await signUp(nodes.clientA, nodes.a, nodes.pool, number);
  return nodes;
}

/** Asks until the answer is the new one. Whoever asks later than promised after the change must get that. */
async function soon(isNew, what) {
  const changed = performance.now();
  for (;;) {
    const asked = performance.now() - changed;
    if (await isNew()) return;
    assert.ok(asked < becomesCurrent, `${what}: not yet after ${asked} ms`);
  }
}

/** True when the call succeeds, false when it is refused with one of these names. */
async function succeeds(call, ...refusals) {
  try {
    await call();
    return true;
  } catch (error) {
    if (refusals.includes(error.name)) return false;
    throw error;
  }
}

const getUser = (client, accessToken) => client.send(new cognito.GetUserCommand({ AccessToken: accessToken }));

function refresh(node, pool, refreshToken) {
  return fetch(`${node.url}/${pool.domain}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: 'Basic ' + Buffer.from(`${pool.clientId}:${pool.clientSecret}`).toString('base64') },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
}

test('a pool that was made at one node is used at the other, and a change of it', async (t) => {
  const { a, b, clientA, clientB, pool } = await twoNodes(t);
  const discovery = (node) => fetch(`${node.url}/${pool.domain}/.well-known/openid-configuration`);
  assert.equal((await discovery(b)).status, 200);
  assert.equal((await (await discovery(b)).json()).issuer, `${a.url}/${pool.poolId}`, 'one issuer, whoever answers');
  await signUp(clientB, b, pool, number);

  // Both nodes have seen the client. It gets another callback URL at A.
  const other = 'https://client.example/other';
  const led = async (node) =>
    (await new Visitor().fetch(authorizeUrl(node, pool, { redirect_uri: other }))).headers.get('location') ?? '';
  assert.doesNotMatch(await led(b), /\/login/);
  await clientA.send(new cognito.UpdateUserPoolClientCommand({
    UserPoolId: pool.poolId, ClientId: pool.clientId, CallbackURLs: ['https://client.example/cb', other],
    SupportedIdentityProviders: ['COGNITO'], AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['phone', 'openid'],
    AllowedOAuthFlowsUserPoolClient: true,
  }));
  assert.match(await led(a), /\/login/, 'at once where it was changed');
  await soon(async () => /\/login/.test(await led(b)), 'the other node knows the callback URL');

  await clientB.send(new cognito.DeleteUserPoolDomainCommand({ Domain: pool.domain, UserPoolId: pool.poolId }));
  assert.equal((await discovery(b)).status, 404);
  await soon(async () => (await discovery(a)).status === 404, 'the other node knows that the domain is gone');
});

test('a sign-in that was begun at one node is finished at the other, by the API and by the pages', async (t) => {
  const { a, b, clientA, clientB, pool } = await twoNodesAndUser(t);
  const challenge = await beginSignIn(clientA, pool, number);
  const { code } = await a.texts.next();
  const { AuthenticationResult } = await answerCode(clientB, pool, challenge, code);
  await getUser(clientA, AuthenticationResult.AccessToken);
  await assert.rejects(answerCode(clientA, pool, challenge, code), { name: 'NotAuthorizedException' });

  // As behind a proxy that sends each request to another node: the pages' addresses are the public ones.
  const at = (node, location) => location.replace(a.url, node.url);
  const visitor = new Visitor();
  const login = (await visitor.fetch(authorizeUrl(a, pool))).headers.get('location');
  const toCode = (await visitor.submit(at(b, login), { username: number, password })).headers.get('location');
  const text = await a.texts.next();
  const done = (await visitor.submit(at(a, toCode), { code: text.code })).headers.get('location');
  const answer = await exchange(b, pool, new URL(done).searchParams.get('code'));
  assert.equal(answer.status, 200);
  const tokens = await answer.json();
  for (const node of [a, b]) assert.equal((await userInfo(node, pool, tokens.access_token)).status, 200);
  for (const node of [a, b]) {
    const refreshed = await refresh(node, pool, tokens.refresh_token);
    assert.equal(refreshed.status, 200);
    assert.equal((await userInfo(node === a ? b : a, pool, (await refreshed.json()).access_token)).status, 200);
  }
});

test('a code is exchanged once, however many ask at both nodes', async (t) => {
  const rounds = 20;
  const { a, b, pool } = await twoNodesAndUser(t);
  const visitor = new Visitor();
  await signInByPages(a, pool, number, visitor);
  for (let round = 0; round < rounds; round++) {
    // The browser is signed in: a code comes at once.
    const back = new URL((await visitor.fetch(authorizeUrl(round % 2 ? a : b, pool))).headers.get('location'));
    const code = back.searchParams.get('code');
    assert.ok(code, back.href);
    const answers = await Promise.all([a, b, a, b].map((node) => exchange(node, pool, code)));
    const given = answers.filter(({ status }) => status === 200);
    assert.equal(given.length, 1, `round ${round}: ${answers.map(({ status }) => status)}`);
    for (const answer of answers) {
      if (answer !== given[0]) assert.equal((await answer.json()).error, 'invalid_grant');
    }
    // The others were the same exchange sent again, which ends nothing; another one does, at both nodes.
    const tokens = await given[0].json();
    for (const node of [a, b]) assert.equal((await userInfo(node, pool, tokens.access_token)).status, 200);
    assert.equal((await exchange(b, pool, code, { redirect_uri: 'https://thief.example/cb' })).status, 400);
    for (const node of [a, b]) assert.equal((await userInfo(node, pool, tokens.access_token)).status, 401);
    assert.equal((await refresh(b, pool, tokens.refresh_token)).status, 400);
  }
});

test('a refresh token that is shown to both nodes at once has one successor', async (t) => {
  const { a, clientA, clientB, pool } = await twoNodesAndUser(t);
  const { UserPoolClient: rotating } = await clientA.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: pool.poolId, ClientName: 'Rotating', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 } }));
  const tokens = await signIn(clientA, a, { clientId: rotating.ClientId }, number);
  const next = async (client, RefreshToken) => {
    const answer = await client.send(new cognito.GetTokensFromRefreshTokenCommand({ ClientId: rotating.ClientId, RefreshToken }));
    return answer.AuthenticationResult.RefreshToken;
  };
  const asked = Array.from({ length: 16 }, (_, i) => next(i % 2 ? clientA : clientB, tokens.RefreshToken));
  const successors = new Set(await Promise.all(asked));
  assert.equal(successors.size, 1);
  const [second] = successors;
  assert.notEqual(second, tokens.RefreshToken);
  assert.notEqual(await next(clientB, second), second);
});

test('what is revoked at one node is refused by the other at once', async (t) => {
  const { a, b, clientA, clientB, pool } = await twoNodesAndUser(t);
  const fresh = async () => {
    const tokens = await signIn(clientA, a, pool, number);
    await getUser(clientB, tokens.AccessToken);  // B has seen the token, and remembers what it says
    return tokens;
  };

  let tokens = await fresh();
  await clientA.send(new cognito.RevokeTokenCommand({
    Token: tokens.RefreshToken, ClientId: pool.clientId, ClientSecret: pool.clientSecret }));
  await assert.rejects(getUser(clientB, tokens.AccessToken), { name: 'NotAuthorizedException' });
  assert.equal((await refresh(b, pool, tokens.RefreshToken)).status, 400);

  tokens = await fresh();
  await clientA.send(new cognito.GlobalSignOutCommand({ AccessToken: tokens.AccessToken }));
  await assert.rejects(getUser(clientB, tokens.AccessToken), { name: 'NotAuthorizedException' });
  assert.equal((await refresh(b, pool, tokens.RefreshToken)).status, 400);

  tokens = await fresh();
  await clientA.send(new cognito.AdminDeleteUserCommand({ UserPoolId: pool.poolId, Username: number }));
  await assert.rejects(getUser(clientB, tokens.AccessToken), { name: 'UserNotFoundException' });
  assert.equal((await refresh(b, pool, tokens.RefreshToken)).status, 400);
  await assert.rejects(beginSignIn(clientB, pool, number), { name: 'NotAuthorizedException' });

  await signUp(clientB, b, pool, number);
  tokens = await fresh();
  await clientA.send(new cognito.DeleteUserPoolDomainCommand({ Domain: pool.domain, UserPoolId: pool.poolId }));
  await clientA.send(new cognito.DeleteUserPoolCommand({ UserPoolId: pool.poolId }));
  await assert.rejects(getUser(clientB, tokens.AccessToken));
  await assert.rejects(signUp(clientB, b, pool, '+14155550124'), { name: 'ResourceNotFoundException' });
});

test('one of two people who sign up with one number at two nodes has it', async (t) => {
  const { clientA, clientB, pool } = await twoNodes(t);
  for (let round = 0; round < 10; round++) {
    const phone = `+141555502${String(round).padStart(2, '0')}`;
    const join = (client) => succeeds(() => client.send(new cognito.SignUpCommand({
      ClientId: pool.clientId, Username: phone, Password: password, SecretHash: secretHash(pool, phone) })),
    'UsernameExistsException');
    const joined = await Promise.all([join(clientA), join(clientB)]);
    assert.deepEqual(joined.sort(), [false, true]);
  }
});

test('every text is sent once, and one node goes on when the other is killed', async (t) => {
  const { a, b, clientA, clientB, pool } = await twoNodes(t);
  const phones = Array.from({ length: 12 }, (_, i) => `+14155550${100 + i}`);
  await Promise.all(phones.map((phone, i) => (i % 2 ? clientA : clientB).send(new cognito.SignUpCommand({
    ClientId: pool.clientId, Username: phone, Password: password, SecretHash: secretHash(pool, phone) }))));
  await waitFor(() => a.texts.all().length >= phones.length, 'all texts arrive');
  assert.deepEqual(a.texts.all().map(({ to }) => to).sort(), phones);

  await a.stop('SIGKILL');
  b.texts.seen = a.texts.all().length;
  await signUp(clientB, b, pool, number);
  assert.ok((await signIn(clientB, b, pool, number)).AccessToken);
  assert.deepEqual(await b.stop('SIGTERM'), { code: 0, signal: null });
});
