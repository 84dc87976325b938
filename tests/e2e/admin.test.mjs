// `symbolon admin`: a running server's data is copied and put back; a pool moves to a server with another master key.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { beginSignIn, makePool, password, sdkClient, secretHash, signIn, signUp } from './support/tutorial.mjs';

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

/** The user of a pool's export whose phone number it is. */
function exportedUser(t, server, pool, number) {
  const file = path.join(temporaryFolder(t), 'pool.jsonl');
  admin('export', '--data', server.data, '--pool', pool.poolId, '--output', file);
  const users = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line).user);
  return users.find((user) => user?.attributes.phone_number === number);
}

test('users come from a CSV file: one recovers, one signs in with a hash of another system', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  const file = path.join(temporaryFolder(t), 'users.csv');
  const columns = 'name,phone_number,phone_number_verified,birthdate,cognito:mfa_enabled,cognito:username,password_hash';
  // bcrypt of the tutorial's password
  const bcrypt = '$2b$10$abcdefghijklmnopqrstuuHCeh/ardCNcllIvO4lFNQYPRMQVF7hq';
  const write = (...rows) => writeFileSync(file, [columns, ...rows, ''].join('\r\n'));
  const recovers = `"Doe, Jane",${phone},TRUE,12/31/1999,TRUE,${phone},`;
  const signsIn = `John,${later},TRUE,,TRUE,${later},${bcrypt}`;
  write(recovers, 'Mary,+14155550125,FALSE,,TRUE,+14155550125,', signsIn);

  const run = () => spawnSync(binary, ['admin', 'import', '--data', server.data, '--pool', pool.poolId, '--input', file],
    { encoding: 'utf8' });
  const first = run();
  assert.equal(first.status, 1, 'a row was refused');
  assert.match(first.stdout, /Imported 2 users .* 0 were there already, 1 rows were refused/);
  assert.match(first.stderr, /^line 3: phone_number_verified must be true for a user without password_hash\.$/m);
  write(recovers, signsIn);
  const second = run();
  assert.equal(second.status, 0, second.stderr);
  assert.match(second.stdout, /Imported 0 users .* 2 were there already, 0 rows were refused/);

  await assert.rejects(beginSignIn(client, pool, phone), { name: 'NotAuthorizedException' });
  const jane = { ClientId: pool.clientId, Username: phone, SecretHash: secretHash(pool, phone) };
  await client.send(new cognito.ForgotPasswordCommand(jane));
  const { code, to } = await server.texts.next();
  assert.equal(to, phone);
  await client.send(new cognito.ConfirmForgotPasswordCommand({ ...jane, ConfirmationCode: code, Password: password }));
  const tokens = await signIn(client, server, pool, phone);
  const user = await client.send(new cognito.GetUserCommand({ AccessToken: tokens.AccessToken }));
  const attribute = (name) => user.UserAttributes.find(({ Name }) => Name === name).Value;
  assert.equal(attribute('name'), 'Doe, Jane');
  assert.equal(attribute('birthdate'), '1999-12-31');

  assert.equal(exportedUser(t, server, pool, later).password_hash, bcrypt);
  await assert.rejects(beginSignIn(client, pool, later, 'Wrong-horse-9'), { name: 'NotAuthorizedException' });
  assert.ok((await signIn(client, server, pool, later)).AccessToken);
  assert.match(exportedUser(t, server, pool, later).password_hash, /^\$argon2id\$/);
  assert.ok((await signIn(client, server, pool, later)).AccessToken);
});

test('a CSV file goes into a pool that is named and is there', async (t) => {
  const server = await startServer(t);
  const file = path.join(temporaryFolder(t), 'users.csv');
  writeFileSync(file, 'cognito:username,cognito:mfa_enabled\n');
  const into = (...more) => refusedAdmin('import', '--input', file, ...more);
  assert.match(into('--data', server.data), /not an export of a pool.*--pool/);
  assert.match(into('--data', server.data, '--pool', 'us-east-1_Nowhere00'), /us-east-1_Nowhere00 does not exist/);
  assert.match(into('--data', path.join(server.data, 'nowhere'), '--pool', 'us-east-1_Nowhere00'), /no folder/);
});
