// The doctor examines Symbolon as it is by default, and servers that others wrote.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { Provider } from 'oidc-provider';
import { makeCertificates } from './support/certificates.mjs';
import { startGlewlwyd } from './support/glewlwyd.mjs';
import { startServer, temporaryFolder, whenEnded } from './support/symbolon.mjs';
import { makePool, password, sdkClient, signUp } from './support/tutorial.mjs';

const vendor = 'MABCDEFGHIJKLM';
const platformUris = [
  ...['https://pitangui.amazon.com', 'https://layla.amazon.com', 'https://alexa.amazon.co.jp'].map((base) => `${base}/api/skill/link/${vendor}`),
  'https://oauth-redirect.googleusercontent.com/r/lamps', 'https://oauth-redirect-sandbox.googleusercontent.com/r/lamps',
  ...['us', 'eu', 'ap'].map((region) => `https://c2c-${region}.smartthings.com/oauth/callback`),
];
const redirectUri = 'http://127.0.0.1:8510/callback';
const support = (name) => fileURLToPath(new URL(`support/${name}`, import.meta.url));

/** Runs the doctor to its end. */
function examine(args, environment = {}) {
  const child = spawn(process.env.SYMBOLON_BINARY, ['doctor', ...args], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { text: '', complaints: '' };
  child.stdout.on('data', (data) => (out.text += data));
  child.stderr.on('data', (data) => (out.complaints += data));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...out, code })));
}

const failed = (report) => report.findings.filter((f) => f.severity === 'error' || f.severity === 'warning');
const idsOf = (findings) => findings.map((f) => f.id);
const explain = (report) => JSON.stringify(report.findings.filter((f) => f.outcome !== 'passed').map((f) => [f.id, f.outcome, f.severity, f.summary, f.evidence]), null, 1);

/** The tutorial's pool behind TLS, as if it were at its public name; its client as somebody set it up for one platform. */
async function publicSymbolon(t, { clientName, extensions, query = '' } = {}) {
  const folder = temporaryFolder(t);
  const files = makeCertificates(folder, 'id.example.test');
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';  // the administrator's client calls the same server by its address
  const server = await startServer(t, { args: ['--tls-cert', files.chain, '--tls-key', files.key, '--base-url', 'https://id.example.test'] });
  const client = sdkClient(server);
  const pool = await makePool(client, { callbacks: [...platformUris, redirectUri] });
  const { UserPoolClient } = await client.send(new cognito.DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId: pool.clientId }));
  const { ClientSecret, LastModifiedDate, CreationDate, ...settings } = UserPoolClient;
  await client.send(new cognito.UpdateUserPoolClientCommand({ ...settings, ...(clientName && { ClientName: clientName }), AllowedOAuthFlows: ['code'] }));
  if (extensions) {
    const file = path.join(folder, 'extensions.json');
    writeFileSync(file, JSON.stringify(extensions));
    execFileSync(process.env.SYMBOLON_BINARY, ['admin', 'client', pool.poolId, pool.clientId, '--set', file, '--data', server.data]);
  }
  await signUp(client, server, pool, '+15550001111');
  const { port } = new URL(server.url);
  const site = `https://id.example.test/${pool.domain}`;
  const args = [
    '--authorization-url', `${site}/oauth2/authorize${query}`, '--token-url', `${site}/oauth2/token`, '--client-id', pool.clientId,
    '--scope', 'openid', '--scope', 'phone', '--vendor-id', vendor, '--google-project', 'lamps', '--redirect-uri', redirectUri,
    '--connect-to', `id.example.test:443:127.0.0.1:${port}`, '--ca-file', files.root,
    ...platformUris.flatMap((uri) => ['--registered-redirect-uri', uri]),
  ];
  const taken = path.join(folder, 'taken');
  const person = [
    '--sign-in-with', 'forms', '--user', '+15550001111',
    '--code-command', `'${process.execPath}' '${support('next_code.mjs')}' '${server.texts.file}' '${taken}'`,
    '--sign-out-url', `${site}/logout?client_id=${pool.clientId}&logout_uri=${encodeURIComponent(redirectUri)}`,
  ];
  return { args, person, taken, environment: { SYMBOLON_CLIENT_SECRET: pool.clientSecret, SYMBOLON_PASSWORD: password }, server };
}

test('Symbolon with its defaults is fit for Alexa, without a warning', async (t) => {
  const world = await publicSymbolon(t);
  writeFileSync(world.taken, String(world.server.texts.all().length));
  const folder = temporaryFolder(t);
  const files = { junit: path.join(folder, 'junit.xml'), html: path.join(folder, 'report.html') };
  const { text, code, complaints } = await examine(
    ['--json', '--junit', files.junit, '--html', files.html, '--platform', 'alexa', '--platform', 'smart-home', ...world.args, ...world.person],
    world.environment);
  const report = JSON.parse(text || '{}');
  assert.deepEqual(idsOf(failed(report)), [], explain(report) + complaints);
  assert.equal(code, 0);
  assert.match(readFileSync(files.junit, 'utf8'), /failures="0"/);
  assert.match(readFileSync(files.html, 'utf8'), /Fit: 0 errors/);
  for (const file of [text, readFileSync(files.html, 'utf8')]) assert.ok(!file.includes(world.environment.SYMBOLON_CLIENT_SECRET));
});

// SmartThings and Google want the person to be asked each time, by the platform's name, and Google wants tokens that are no
// JWT (voice-account-linking.md §4.1, §4.2): docs/doctor.md tells how to set that up.
for (const [clientName, platform, extensions] of [
  ['SmartThings', 'smartthings', {}],
  ['Google', 'google', { access_token_format: 'opaque' }],
]) {
  test(`Symbolon is fit for ${clientName} where its client asks for consent, without a warning`, async (t) => {
    const asks = { require_consent: true, policy_uri: 'https://example.test/privacy', ...extensions };
    const world = await publicSymbolon(t, { clientName, extensions: asks, query: '?prompt=consent' });
    writeFileSync(world.taken, String(world.server.texts.all().length));
    const { text, code, complaints } = await examine(['--json', '--platform', platform, ...world.args, ...world.person], world.environment);
    const report = JSON.parse(text || '{}');
    assert.deepEqual(idsOf(failed(report)), [], explain(report) + complaints);
    assert.equal(code, 0);
    for (const id of ['AL-PAG-009', 'AL-PAG-010', 'AL-AUZ-009']) {
      assert.ok(report.findings.some((f) => f.id === id && f.outcome === 'passed'), `${id}\n${explain(report)}`);
    }
  });
}

/** A server of oidc-provider with its development pages. */
async function startPeer(t) {
  let handle;
  const listener = http.createServer((request, response) => handle(request, response));
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  whenEnded(t, () => listener.close());
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'skill', client_secret: 's3cretOfTheSkill', redirect_uris: [redirectUri], grant_types: ['authorization_code', 'refresh_token'] }],
    claims: { openid: ['sub'], phone: ['phone_number'] },
    scopes: ['openid', 'offline_access', 'phone'],
    cookies: { keys: ['for tests'] },
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, phone_number: '+15550001111' }) }),
  });
  handle = provider.callback();
  return issuer;
}

test('oidc-provider with its defaults: the doctor tells what keeps links from lasting', async (t) => {
  const issuer = await startPeer(t);
  const args = ['--json', '--authorization-url', `${issuer}/auth`, '--token-url', `${issuer}/token`, '--client-id', 'skill', '--scope', 'openid',
    '--scope', 'phone', '--redirect-uri', redirectUri, '--sign-in-with', 'forms', '--user', 'jane'];
  const environment = { SYMBOLON_CLIENT_SECRET: 's3cretOfTheSkill', SYMBOLON_PASSWORD: 'any' };
  const { text, code, complaints } = await examine(args, environment);
  const report = JSON.parse(text || '{}');
  const found = idsOf(failed(report));
  assert.equal(code, 1, complaints);
  assert.ok(found.includes('AL-TLS-001') && found.includes('AL-NET-001'), explain(report));
  assert.ok(found.includes('AL-REF-010'), explain(report));
  for (const id of ['AL-AUZ-001', 'AL-AUZ-002', 'AL-AUZ-003', 'AL-AUZ-005', 'AL-TOK-001', 'AL-TOK-006', 'AL-TOK-008', 'AL-USR-001', 'AL-MET-002']) {
    assert.ok(report.findings.some((f) => f.id === id && f.outcome === 'passed'), `${id}\n${explain(report)}`);
  }
});

test('glewlwyd: refusals that platforms do not understand are found', async (t) => {
  const peer = await startGlewlwyd(t, redirectUri);
  const { text, code, complaints } = await examine([
    '--json', '--authorization-url', peer.authorizationUrl, '--token-url', peer.tokenUrl, '--userinfo-url', peer.userInfoUrl, '--client-id', peer.clientId,
    '--scope', peer.scope, '--redirect-uri', redirectUri, '--sign-in-with', `sh '${support('glewlwyd_person.sh')}' '${peer.base}'`,
  ], { SYMBOLON_CLIENT_SECRET: peer.clientSecret });
  const report = JSON.parse(text || '{}');
  const found = idsOf(failed(report));
  assert.equal(code, 1, complaints);
  assert.ok(found.includes('AL-TOK-006'), explain(report));  // answers 403 invalid_code
  for (const id of ['AL-AUZ-001', 'AL-TOK-001', 'AL-TOK-008', 'AL-REF-001']) {
    assert.ok(report.findings.some((f) => f.id === id && f.outcome === 'passed'), `${id}\n${explain(report)}`);
  }
});

test('what cannot be examined ends with code 2', async (t) => {
  const listener = net.createServer();
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  const { port } = listener.address();
  await new Promise((closed) => listener.close(closed));
  const nobody = ['--authorization-url', `http://127.0.0.1:${port}/a`, '--token-url', `http://127.0.0.1:${port}/t`, '--client-id', 'x', '--vendor-id', vendor];
  const { code, text } = await examine(nobody);
  assert.equal(code, 2, text);
  assert.match(text, /Could not be examined/);
  assert.equal((await examine(['--authorization-url', 'ftp://x', '--token-url', 'http://x', '--client-id', 'x'])).code, 2);
  assert.equal((await examine([])).code, 2);
});
