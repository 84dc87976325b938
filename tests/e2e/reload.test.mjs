// What a running server takes up without a restart: certificates that were renewed, and its configuration on SIGHUP.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import tls from 'node:tls';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { waitFor } from './support/wait.mjs';

/** Writes a self-signed certificate of that name over `cert.pem` and `key.pem`, each file in one step. */
function renewCertificate(folder, name) {
  const file = (part) => path.join(folder, part);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', `/CN=${name}`, '-keyout', file('key.new'), '-out', file('cert.new')], { stdio: 'pipe' });
  renameSync(file('key.new'), file('key.pem'));
  renameSync(file('cert.new'), file('cert.pem'));
}

/** The name in the certificate that a new connection is shown. */
function shownName(url) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = tls.connect({ host: hostname, port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('a renewed certificate is shown to new connections, a broken one is not taken', async (t) => {
  const folder = temporaryFolder(t);
  renewCertificate(folder, 'first.example');
  const files = ['--tls-cert', path.join(folder, 'cert.pem'), '--tls-key', path.join(folder, 'key.pem')];
  const server = await startServer(t, { args: files });
  assert.match(server.url, /^https:/);
  assert.equal(await shownName(server.url), 'first.example');

  renewCertificate(folder, 'second.example');
  await waitFor(async () => (await shownName(server.url)) === 'second.example', 'the new certificate is shown');

  writeFileSync(path.join(folder, 'cert.pem'), 'not a certificate');
  server.signal('SIGHUP');
  await waitFor(() => server.log().includes('certificate'), 'the log says that the certificate cannot be used');
  assert.equal(await shownName(server.url), 'second.example');
});

test('SIGHUP reads the configuration again, and a wrong one changes nothing', async (t) => {
  const folder = temporaryFolder(t);
  const config = path.join(folder, 'symbolon.yaml');
  const logs = (server, event) => server.log().split('\n').some((line) => line.includes(event));
  writeFileSync(config, 'log-level: warning\n');
  // The flag would win over the file, so the helper's own flag for the log is not used here.
  const server = await startServer(t, { logLevel: null, args: ['--config', config] });
  assert.ok(!logs(server, 'configuration_reloaded'));

  writeFileSync(config, 'log-level: info\n');
  server.signal('SIGHUP');
  await waitFor(() => logs(server, 'configuration_reloaded'), 'the new log level is in force');

  writeFileSync(config, 'log-level: loud\n');
  server.signal('SIGHUP');
  await waitFor(() => logs(server, 'configuration_not_reloaded'), 'the mistake is logged');
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});
