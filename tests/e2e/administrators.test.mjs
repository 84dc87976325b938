// A start from a file, access keys with policies made beside the running server, and what the audit log says of it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { sdkClient } from './support/tutorial.mjs';
import { waitFor } from './support/wait.mjs';

const binary = process.env.SYMBOLON_BINARY;
const poolId = 'us-east-1_Fixed0001';
const phone = '+14155550123';
const password = 'Correct-Horse-7';
const pools = `
UserPools:
  - Id: ${poolId}
    PoolName: fixed
    UsernameAttributes: [phone_number]
    Clients: [{ClientId: fixedclient, ClientName: app, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}]
    Groups: [{GroupName: admins}]
    Users: [{Username: ${phone}, Password: ${password}, Groups: [admins]}]
  - {Id: us-east-1_Other0001, PoolName: other}
`;

function writePools(t, text = pools) {
  const file = path.join(temporaryFolder(t), 'pools.yaml');
  writeFileSync(file, text);
  return file;
}

const credentials = (server, ...args) =>
  execFileSync(binary, ['admin', 'credentials', args[0], '--data', server.data, ...args.slice(1)], { encoding: 'utf8' });

function makeKey(server, policy) {
  const [, accessKeyId, secretAccessKey] =
    credentials(server, 'create', '--policy', policy).match(/^aws_access_key_id = (\S+)\naws_secret_access_key = (\S+)\n$/);
  return { accessKeyId, secretAccessKey };
}

const auditLines = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

test('what a file says is there at the first start and unchanged at the second', async (t) => {
  const args = ['--bootstrap', writePools(t)];
  const server = await startServer(t, { args });
  const signIn = async (at) => {
    const answer = await sdkClient(at).send(new cognito.InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH', ClientId: 'fixedclient', AuthParameters: { USERNAME: phone, PASSWORD: password },
    }));
    return JSON.parse(Buffer.from(answer.AuthenticationResult.AccessToken.split('.')[1], 'base64url'));
  };
  const first = await signIn(server);
  assert.equal(first.iss, `${server.url}/${poolId}`);
  assert.deepEqual(first['cognito:groups'], ['admins']);
  await server.stop();
  const again = await startServer(t, { folder: server.folder, args });
  assert.equal((await signIn(again)).sub, first.sub);
});

test('a mistake in the file ends the start and names its place', (t) => {
  const file = writePools(t, 'UserPools: [{PoolName: a, Clients: [{ClientName: b, CallbackUrls: []}]}]');
  const { status, stderr } = spawnSync(
    binary, ['serve', '--data', path.join(temporaryFolder(t), 'data'), '--listen', '127.0.0.1:0', '--bootstrap', file],
    { encoding: 'utf8', timeout: 20_000 });
  assert.equal(status, 1);
  assert.match(stderr, /pools\.yaml: UserPools\[0\]\.Clients\[0\]\.CallbackUrls: there is no such member\./);
});

test('a key opens what its policy says, until it is disabled', async (t) => {
  const server = await startServer(t, { args: ['--bootstrap', writePools(t)] });
  const reader = makeKey(server, 'read-only');
  const owner = makeKey(server, `pool:${poolId}`);
  const describe = (key, id = poolId) =>
    sdkClient(server, key).send(new cognito.DescribeUserPoolCommand({ UserPoolId: id }));
  const denied = { name: 'AccessDeniedException' };

  assert.equal((await describe(reader)).UserPool.Name, 'fixed');
  await assert.rejects(
    sdkClient(server, reader).send(new cognito.DeleteUserPoolCommand({ UserPoolId: poolId })),
    { ...denied, message: `User: arn:aws:iam::000000000000:user/${reader.accessKeyId} is not authorized to perform: ` +
      `cognito-idp:DeleteUserPool on resource: arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}` });
  assert.equal((await describe(owner)).UserPool.Name, 'fixed');
  await assert.rejects(describe(owner, 'us-east-1_Other0001'), denied);
  await assert.rejects(sdkClient(server, owner).send(new cognito.ListUserPoolsCommand({ MaxResults: 1 })), denied);

  assert.match(credentials(server, 'list'), new RegExp(`^${reader.accessKeyId}  enabled .*  read-only$`, 'm'));
  credentials(server, 'disable', reader.accessKeyId);
  await waitFor(async () => {
    try {
      await describe(reader);
      return false;
    } catch (error) {
      return error.name === 'UnrecognizedClientException';
    }
  }, 'the disabled key opens nothing');
  credentials(server, 'enable', reader.accessKeyId);
  credentials(server, 'delete', owner.accessKeyId);
  assert.doesNotMatch(credentials(server, 'list'), new RegExp(owner.accessKeyId));
});

test('the audit log has every call, goes on after it was moved away, and may be off', async (t) => {
  const server = await startServer(t, { args: ['--bootstrap', writePools(t)] });
  const file = path.join(server.data, 'audit.log');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(auditLines(file).some((line) => line.access_key_id === 'bootstrap' && line.operation === 'CreateUserPool'));
  renameSync(file, `${file}.1`);
  server.signal('SIGHUP');
  const client = sdkClient(server);
  await client.send(new cognito.AdminGetUserCommand({ UserPoolId: poolId, Username: phone }));
  await assert.rejects(client.send(new cognito.DescribeUserPoolCommand({ UserPoolId: 'us-east-1_Nowhere01' })));
  const lines = auditLines(file);
  assert.deepEqual(lines.map(({ operation, pool, outcome }) => [operation, pool, outcome]), [
    ['AdminGetUser', poolId, 'ok'], ['DescribeUserPool', 'us-east-1_Nowhere01', 'ResourceNotFoundException']]);
  assert.equal(lines[0].access_key_id, server.credentials.accessKeyId);
  assert.doesNotMatch(readFileSync(file, 'utf8') + readFileSync(`${file}.1`, 'utf8'), /14155550123|Correct-Horse/);
  assert.match(await (await fetch(`${server.url}/metrics`)).text(), /symbolon_state\{name="lost_audit_lines"\} 0/);

  const silent = await startServer(t, { args: ['--audit-log', 'off'] });
  await sdkClient(silent).send(new cognito.ListUserPoolsCommand({ MaxResults: 1 }));
  assert.throws(() => statSync(path.join(silent.data, 'audit.log')));
});
