// What must be refused, at the doors where it comes in.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { Visitor, authorizationCode, authorizeUrl, exchange, signInByPages, userInfo } from './support/oauth.mjs';
import { startServer, startDemo } from './support/symbolon.mjs';
import { waitFor } from './support/wait.mjs';
import { answerCode, beginSignIn, makePool, password, sdkClient, signUp } from './support/tutorial.mjs';

const number = '+14155550123';

async function prepared(t) {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  await signUp(client, server, pool, number);
  return { server, client, pool };
}

test('a wrong and a replayed one-time code', async (t) => {
  const { server, client, pool } = await prepared(t);
  const challenge = await beginSignIn(client, pool, number);
  const { code } = await server.texts.next();
  const wrong = code === '000000' ? '111111' : '000000';
  await assert.rejects(answerCode(client, pool, challenge, wrong), { name: 'CodeMismatchException' });
  await answerCode(client, pool, challenge, code);
  await assert.rejects(answerCode(client, pool, challenge, code), { name: 'NotAuthorizedException' });
});

test('a wrong password, and an unknown user in the same words', async (t) => {
  const { client, pool } = await prepared(t);
  const refusal = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
  await assert.rejects(beginSignIn(client, pool, number, 'Wrong-horse-9'), refusal);
  await assert.rejects(beginSignIn(client, pool, '+14155550199', 'Wrong-horse-9'), refusal);
});

test('an administrator without a signature, and with a wrong one', async (t) => {
  const { server, pool } = await prepared(t);
  const unsigned = await fetch(server.url + '/', {
    method: 'POST', headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.DescribeUserPool', 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ UserPoolId: pool.poolId }),
  });
  assert.equal(unsigned.status, 400);
  assert.equal((await unsigned.json()).__type, 'MissingAuthenticationTokenException');
  const impostor = sdkClient(server, { ...server.credentials, secretAccessKey: 'x'.repeat(40) });
  await assert.rejects(impostor.send(new cognito.ListUserPoolsCommand({ MaxResults: 1 })), { name: 'InvalidSignatureException' });
});

test('a domain that is taken', async (t) => {
  const { client, pool } = await prepared(t);
  const other = await client.send(new cognito.CreateUserPoolCommand({ PoolName: 'other' }));
  await assert.rejects(
    client.send(new cognito.CreateUserPoolDomainCommand({ Domain: pool.domain, UserPoolId: other.UserPool.Id })),
    { name: 'InvalidParameterException', message: 'Domain already associated with another user pool.' });
});

test('an unknown redirect URI is never redirected to', async (t) => {
  const { server, pool } = await prepared(t);
  for (const uri of ['https://client.example/cb/', 'https://client.example.evil.example/cb', 'https://client.example/cb/../evil',
    'https://client.example/%63b', 'HTTPS://client.example/cb', 'https://client.example/cb#x', 'javascript:alert(1)', '//evil.example']) {
    const answer = await new Visitor().fetch(authorizeUrl(server, pool, { redirect_uri: uri }));
    const location = answer.headers.get('location') ?? server.url;
    assert.ok(location.startsWith(server.url), `${uri} led to ${location}`);
    if (answer.status === 302) assert.equal((await new Visitor().fetch(location)).status, 400);
    else assert.equal(answer.status, 400);
  }
});

test('a wrong client secret, a replayed code, and what the first exchange gave', async (t) => {
  const { server, pool } = await prepared(t);
  const code = await authorizationCode(server, pool, number);
  const wrong = await exchange(server, pool, code, {}, 'wrong');
  assert.equal(wrong.status, 401);
  assert.equal((await wrong.json()).error, 'invalid_client');
  const tokens = await (await exchange(server, pool, code)).json();
  assert.equal((await userInfo(server, pool, tokens.access_token)).status, 200);
  const replay = await exchange(server, pool, code);
  assert.equal(replay.status, 400);
  assert.equal((await replay.json()).error, 'invalid_grant');
  assert.equal((await userInfo(server, pool, tokens.access_token)).status, 200, 'a retry of the client revokes nothing');
  const other = await exchange(server, pool, code, { code_verifier: randomBytes(32).toString('base64url') });
  assert.equal(other.status, 400);
  assert.equal((await userInfo(server, pool, tokens.access_token)).status, 401, 'any other replay revokes the tokens');
});

test('PKCE cannot be dropped or added between code and exchange', async (t) => {
  const { server, pool } = await prepared(t);
  const verifier = randomBytes(32).toString('base64url');
  const challenge = { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' };
  const withChallenge = async () =>
    (await signInByPages(server, pool, number, new Visitor(), challenge)).searchParams.get('code');
  assert.equal((await exchange(server, pool, await withChallenge(), {})).status, 400);
  assert.equal((await exchange(server, pool, await withChallenge(), { code_verifier: 'a'.repeat(43) })).status, 400);
  assert.equal((await exchange(server, pool, await withChallenge(), { code_verifier: verifier })).status, 200);
  const plain = await authorizationCode(server, pool, number);
  assert.equal((await exchange(server, pool, plain, { code_verifier: verifier })).status, 400);
});

test('a form without its CSRF token, or with that of another browser', async (t) => {
  const { server, pool } = await prepared(t);
  const visitor = new Visitor();
  const login = (await visitor.fetch(authorizeUrl(server, pool))).headers.get('location');
  const fields = { username: number, password };
  assert.equal((await visitor.submit(login, fields, { token: '' })).status, 403);
  assert.equal((await visitor.submit(login, fields, { token: '00000000-0000-4000-8000-000000000000' })).status, 403);
  const cookieless = await fetch(login, { method: 'POST', body: new URLSearchParams({ _csrf: 'x', ...fields }) });
  assert.equal(cookieless.status, 403);
  assert.equal(server.texts.all().length, server.texts.seen, 'nothing was sent');
});

test('a challenge of one browser is worth nothing in another', async (t) => {
  const { server, pool } = await prepared(t);
  const victim = new Visitor();
  const login = (await victim.fetch(authorizeUrl(server, pool))).headers.get('location');
  const toCode = await victim.submit(login, { username: number, password });
  const { code } = await server.texts.next();
  const attacker = new Visitor();
  await attacker.fetch(login);
  attacker.cookies.set('page-data', victim.cookies.get('page-data'));
  const answer = await attacker.submit(toCode.headers.get('location'), { code });
  assert.ok(!(answer.headers.get('location') ?? '').startsWith('https://client.example'), 'no code for the attacker');
});

test('what is reflected is escaped, under a strict policy', async (t) => {
  const { server, pool } = await prepared(t);
  const hostile = '"><script>alert(1)</script>';
  const visitor = new Visitor();
  const login = (await visitor.fetch(authorizeUrl(server, pool, { state: hostile, login_hint: hostile }))).headers.get('location');
  const answer = await visitor.fetch(login);
  const page = await answer.text();
  assert.ok(!page.includes('<script>alert'));
  assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
  assert.doesNotMatch(answer.headers.get('content-security-policy'), /unsafe/);
  assert.equal(answer.headers.get('x-frame-options'), 'DENY');
  const error = await visitor.fetch(`${server.url}/${pool.domain}/error?error=${encodeURIComponent(hostile)}`);
  assert.ok(!(await error.text()).includes('<script>alert'));
});

test('headers of a client never reach a link or an issuer', async (t) => {
  const { server, pool } = await prepared(t);
  const poisoned = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example;proto=https', 'x-forwarded-proto': 'https' };
  const answer = await fetch(`${server.url}/${pool.poolId}/.well-known/openid-configuration`, { headers: poisoned });
  assert.ok(!(await answer.text()).includes('evil.example'));
});

test('an address where nothing is: a page for browsers, JSON for clients', async (t) => {
  const { server, pool } = await prepared(t);
  const nowhere = `${server.url}/${pool.domain}/logni`;
  const page = await fetch(nowhere, { headers: { accept: 'text/html,*/*;q=0.8', 'accept-language': 'fr' } });
  assert.equal(page.status, 404);
  assert.match(page.headers.get('content-type'), /^text\/html/);
  assert.match(await page.text(), /<html lang="fr"/);
  const other = await fetch(nowhere);
  assert.equal(other.status, 404);
  assert.ok((await other.json()).message);
});

test('a connection for which there is no place', async (t) => {
  const server = await startServer(t, { args: ['--threads', '1', '--max-connections', '2'] });
  const { port } = new URL(server.url);
  const busy = [1, 2].map(() => net.connect(port, '127.0.0.1').on('error', () => {}));
  for (const socket of busy) await new Promise((sent) => socket.write('GET /healthz HTTP/1.1\r\n', sent));
  assert.equal((await fetch(server.url + '/healthz')).status, 503);
  for (const socket of busy) socket.destroy();
  await waitFor(async () => (await fetch(server.url + '/healthz')).status === 200, 'a place is free again');
  const metrics = await (await fetch(server.url + '/metrics')).text();
  assert.match(metrics, /symbolon_state\{name="connection_places"\} 2\b/);
  assert.match(metrics, /symbolon_state\{name="refused_connections"\} [1-9]/);
});

test('the demo shows texts and skills to no name that was pointed to this machine', async (t) => {
  const demo = await startDemo(t);
  const statusFor = (path, host) => new Promise((resolve, reject) => {
    http.get(demo.assistant + path, { headers: { host } }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
  for (const path of ['/', '/demo', '/phone', '/phone/messages']) {
    assert.equal(await statusFor(path, 'rebound.example'), 421, path);
    assert.equal(await statusFor(path, new URL(demo.assistant).host), 200, path);
  }
});

test('the assistant refuses a tampered, a replayed and a foreign state', async (t) => {
  const demo = await startDemo(t);
  const visitor = new Visitor();
  const skills = await (await visitor.fetch(demo.assistant + '/')).text();
  const app = skills.match(/href="([^"]*\/app\/skills\/[^"]*)"/)[1];
  await visitor.fetch(app);
  const begin = async () => new URL((await visitor.fetch(app + '/link')).headers.get('location'));
  const url = await begin();
  const back = (state) => `${url.searchParams.get('redirect_uri')}?code=some-code&state=${encodeURIComponent(state)}`;
  const state = url.searchParams.get('state');
  const tampered = await visitor.fetch(back(state.slice(0, -1) + (state.endsWith('A') ? 'B' : 'A')));
  assert.match(await tampered.text(), /state_unknown/);
  assert.match(await (await new Visitor().fetch(back(state))).text(), /state_of_another_browser/);
  assert.match(await (await visitor.fetch(back(state))).text(), /oauth_error:invalid_grant/);
  assert.match(await (await visitor.fetch(back(state))).text(), /state_unknown/);
});
