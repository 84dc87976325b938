// Debian's apache2 with mod_auth_openidc, as an unprivileged program on a free port in a folder of its own.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { temporaryFolder, whenEnded } from './symbolon.mjs';
import { waitFor } from './wait.mjs';

const modules = '/usr/lib/apache2/modules';
const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'alias', 'dir', 'env', 'headers', 'auth_openidc'];

async function freePort() {
  const listener = createServer();
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  const { port } = listener.address();
  await new Promise((closed) => listener.close(closed));
  return port;
}

/** A free address for it, which a client is registered with before it starts. */
export async function apacheAddress() {
  return `127.0.0.1:${await freePort()}`;
}

/** Starts it with `configuration`; `pages` are files of the site. */
export async function startApache(t, address, configuration, pages) {
  const folder = temporaryFolder(t);
  const site = path.join(folder, 'site');
  for (const [name, text] of Object.entries(pages)) {
    mkdirSync(path.dirname(path.join(site, name)), { recursive: true });
    writeFileSync(path.join(site, name), text);
  }
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, 'run'), { mode: 0o777 });
  chmodSync(path.join(folder, 'run'), 0o777);
  const log = path.join(folder, 'error.log');
  const conf = path.join(folder, 'apache.conf');
  writeFileSync(conf, `
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
ServerRoot ${folder}
DefaultRuntimeDir ${folder}/run
PidFile ${folder}/run/apache.pid
ErrorLog ${log}
LogLevel warn
Listen ${address}
ServerName http://${address}
DocumentRoot ${site}
DirectoryIndex index.html
${process.getuid() === 0 ? 'User nobody\nGroup nogroup' : ''}
${configuration}
`);
  // In a group of its own, so that its workers end with it.
  const child = spawn('/usr/sbin/apache2', ['-f', conf, '-D', 'FOREGROUND'], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let ended = null;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  child.on('exit', (code) => (ended = { code }));
  whenEnded(t, () => {
    if (!ended) process.kill(-child.pid, 'SIGKILL');
  });
  await waitFor(async () => {
    if (ended) throw new Error(`apache2 ended: ${ended.code}\n${output}\n${readLog(log)}`);
    return fetch(`http://${address}/`, { signal: AbortSignal.timeout(2000) }).then(() => true, () => false);
  }, 'apache2 answers');
  return { url: `http://${address}`, log: () => readLog(log) };
}

function readLog(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
