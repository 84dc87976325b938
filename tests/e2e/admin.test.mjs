// `symbolon admin`: a running server's data is copied and put back; a pool moves to a server with another master key.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { beginSignIn, makePool, sdkClient, signIn, signUp } from './support/tutorial.mjs';

const binary = process.env.SYMBOLON_BINARY;
const phone = '+14155550123';
const later = '+14155550124';

const admin = (...args) => execFileSync(binary, ['admin', ...args], { encoding: 'utf8', stdio: 'pipe' });
const refusedAdmin = (...args) => {
  const { status, stderr } = spawnSync(binary, ['admin', ...args], { encoding: 'utf8' });
  assert.equal(status, 1, stderr);
  return stderr;
};

/** The ids of a pool's public keys. */
async function keyIds(server, pool) {
  const { keys } = await (await fetch(`${server.url}/${pool.poolId}/.well-known/jwks.json`)).json();
  return keys.map((key) => key.kid).sort();
}

test('a backup of a running server is one moment of it, and a restored server goes on from there', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  await signUp(client, server, pool, phone);

  const backup = path.join(temporaryFolder(t), 'backup');
  admin('backup', '--data', server.data, '--output', backup);
  for (const file of ['symbolon.db', 'master.key', 'credentials']) {
    assert.equal(statSync(path.join(backup, file)).mode & 0o777, 0o600, file);
  }
  await signUp(client, server, pool, later);
  assert.match(refusedAdmin('backup', '--data', server.data, '--output', backup), /not empty/);

  const folder = temporaryFolder(t);
  const data = path.join(folder, 'data');
  admin('restore', '--input', backup, '--data', data);
  assert.match(refusedAdmin('restore', '--input', backup, '--data', data), /already/);
  const restored = await startServer(t, { folder });
  const restoredClient = sdkClient(restored);
  assert.ok((await signIn(restoredClient, restored, pool, phone)).AccessToken);
  await assert.rejects(beginSignIn(restoredClient, pool, later), { name: 'NotAuthorizedException' });
});

test('a pool moves with its users, passwords, second factors and keys', async (t) => {
  const from = await startServer(t);
  const fromClient = sdkClient(from);
  const pool = await makePool(fromClient);
  await signUp(fromClient, from, pool, phone);

  const file = path.join(temporaryFolder(t), 'pool.jsonl');
  admin('export', '--data', from.data, '--pool', pool.poolId, '--output', file);
  assert.equal(statSync(file).mode & 0o777, 0o600);

  // The server that takes it is running.
  const to = await startServer(t);
  assert.match(admin('import', '--data', to.data, '--input', file), /with 1 users, verified/);
  assert.match(refusedAdmin('import', '--data', to.data, '--input', file), /already/);
  const tokens = await signIn(sdkClient(to), to, pool, phone);
  const user = await sdkClient(to).send(new cognito.GetUserCommand({ AccessToken: tokens.AccessToken }));
  assert.equal(user.UserAttributes.find(({ Name }) => Name === 'phone_number').Value, phone);
  assert.deepEqual(await keyIds(to, pool), await keyIds(from, pool));
});
