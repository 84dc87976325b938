// Debian's glewlwyd, a single-sign-on server written in C, with one client and one person.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { temporaryFolder, whenEnded } from './symbolon.mjs';
import { waitFor } from './wait.mjs';

async function freePort() {
  const probe = net.createServer();
  await new Promise((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Its packaged configuration, for a database and a port of our own. */
function writeConfiguration(folder, port) {
  const settings = {
    port, external_url: `"http://127.0.0.1:${port}"`, log_mode: '"console"', static_files_path: '"/usr/share/glewlwyd/webapp"',
    bind_address: '"127.0.0.1"',
  };
  let text = readFileSync('/etc/glewlwyd/glewlwyd.conf', 'utf8').replace(/^@include.*$/gm, '');
  for (const [name, value] of Object.entries(settings)) {
    text = text.replace(new RegExp(`^#? *${name} *=.*$`, 'm'), '') + `\n${name}=${value}\n`;
  }
  const file = path.join(folder, 'glewlwyd.conf');
  writeFileSync(file, `${text}\ndatabase = { type = "sqlite3"; path = "${folder}/glewlwyd.db"; };\n`);
  return file;
}

async function send(url, method, body, cookie = '') {
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

export async function signIn(base, username, password) {
  const answer = await send(`${base}/api/auth/`, 'POST', { username, password });
  return answer.headers.getSetCookie()[0].split(';')[0];
}

/** Starts it; what a platform's console would be told. */
export async function startGlewlwyd(t, redirectUri) {
  const folder = temporaryFolder(t);
  const port = await freePort();
  execFileSync('sqlite3', [path.join(folder, 'glewlwyd.db')], { input: readFileSync('/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3') });
  const child = spawn('glewlwyd', [`--config-file=${writeConfiguration(folder, port)}`], { stdio: 'ignore' });
  whenEnded(t, () => child.kill('SIGKILL'));
  const base = `http://127.0.0.1:${port}`;
  await waitFor(() => fetch(base).then(() => true, () => false), 'glewlwyd listens');
  const admin = await signIn(base, 'admin', 'password');
  const make = (what, body) => send(`${base}/api/${what}/`, 'POST', body, admin);
  await make('scope', { name: 'lamps', display_name: 'Lamps', password_required: true, password_max_age: 0, scheme: {} });
  await make('mod/plugin', {
    module: 'oauth2-glewlwyd', name: 'glwd', display_name: 'OAuth 2', order_rank: 0,
    parameters: {
      url: 'glwd', 'jwt-type': 'sha', 'jwt-key-size': '256', key: 'a key of the test that signs tokens',
      'access-token-duration': 3600, 'refresh-token-duration': 31536000, 'code-duration': 600, 'refresh-token-rolling': true,
      'auth-type-code-enabled': true, 'auth-type-refresh-enabled': true, 'auth-type-implicit-enabled': false,
      'auth-type-password-enabled': false, 'auth-type-client-enabled': false, 'auth-type-device-enabled': false,
      'pkce-allowed': true, 'pkce-method-plain-allowed': false, scope: [],
    },
  });
  await make('client', {
    client_id: 'skill', name: 'Skill', enabled: true, confidential: true, client_secret: 's3cretOfTheSkill', redirect_uri: [redirectUri],
    authorization_type: ['code', 'refresh_token'], scope: ['lamps'],
  });
  await make('user', { username: 'jane', password: 'Right-12345', name: 'Jane', email: 'jane@example.com', enabled: true, scope: ['lamps', 'g_profile'] });
  return {
    base, authorizationUrl: `${base}/api/glwd/auth`, tokenUrl: `${base}/api/glwd/token`, userInfoUrl: `${base}/api/glwd/profile`,
    clientId: 'skill', clientSecret: 's3cretOfTheSkill', scope: 'lamps',
  };
}
