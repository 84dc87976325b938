// The same steps with the AWS CLI from Debian's package.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startServer } from './support/symbolon.mjs';

const run = promisify(execFile);

function cli(server) {
  return async (operation, ...args) => {
    const { stdout } = await run('aws', ['cognito-idp', operation, '--endpoint-url', server.url, '--output', 'json', ...args], {
      env: {
        PATH: process.env.PATH, HOME: server.folder, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: server.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
        AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '',
      },
    });
    return stdout ? JSON.parse(stdout) : {};
  };
}

test('the steps from a shell', async (t) => {
  const server = await startServer(t);
  const aws = cli(server);
  const { UserPool } = await aws('create-user-pool', '--pool-name', 'cli', '--username-attributes', 'phone_number',
    '--auto-verified-attributes', 'phone_number', '--mfa-configuration', 'ON',
    '--sms-configuration', 'SnsCallerArn=arn:aws:iam::000000000000:role/sms');
  const { UserPoolClient } = await aws('create-user-pool-client', '--user-pool-id', UserPool.Id, '--client-name', 'cli',
    '--explicit-auth-flows', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH');
  const client = ['--client-id', UserPoolClient.ClientId];
  await aws('sign-up', ...client, '--username', '+14155550123', '--password', 'Correct-horse-9');
  await aws('confirm-sign-up', ...client, '--username', '+14155550123', '--confirmation-code', (await server.texts.next()).code);
  const challenge = await aws('initiate-auth', ...client, '--auth-flow', 'USER_PASSWORD_AUTH',
    '--auth-parameters', 'USERNAME=+14155550123,PASSWORD=Correct-horse-9');
  assert.equal(challenge.ChallengeName, 'SMS_MFA');
  const { code } = await server.texts.next();
  const { AuthenticationResult } = await aws('respond-to-auth-challenge', ...client, '--challenge-name', 'SMS_MFA',
    '--session', challenge.Session,
    '--challenge-responses', `USERNAME=${challenge.ChallengeParameters.USER_ID_FOR_SRP},SMS_MFA_CODE=${code}`);
  const user = await aws('get-user', '--access-token', AuthenticationResult.AccessToken);
  assert.ok(user.UserAttributes.some((a) => a.Name === 'phone_number' && a.Value === '+14155550123'));
  const { Users } = await aws('list-users', '--user-pool-id', UserPool.Id);
  assert.equal(Users.length, 1);
  await assert.rejects(aws('describe-user-pool', '--user-pool-id', 'us-east-1_doesNotEx'), /ResourceNotFoundException/);
});

test('groups, users and tags from a shell', async (t) => {
  const server = await startServer(t);
  const aws = cli(server);
  const { UserPool } = await aws('create-user-pool', '--pool-name', 'cli');
  const pool = ['--user-pool-id', UserPool.Id];
  await aws('admin-create-user', ...pool, '--username', 'alice', '--message-action', 'SUPPRESS');
  await aws('create-group', ...pool, '--group-name', 'admins', '--precedence', '1');
  await aws('admin-add-user-to-group', ...pool, '--username', 'alice', '--group-name', 'admins');
  const { Groups } = await aws('admin-list-groups-for-user', ...pool, '--username', 'alice');
  assert.deepEqual(Groups.map((group) => group.GroupName), ['admins']);
  await aws('admin-disable-user', ...pool, '--username', 'alice');
  assert.equal((await aws('admin-get-user', ...pool, '--username', 'alice')).Enabled, false);
  await aws('tag-resource', '--resource-arn', UserPool.Arn, '--tags', 'team=voice');
  assert.deepEqual((await aws('list-tags-for-resource', '--resource-arn', UserPool.Arn)).Tags, { team: 'voice' });
  await aws('delete-group', ...pool, '--group-name', 'admins');
  await assert.rejects(aws('get-group', ...pool, '--group-name', 'admins'), /ResourceNotFoundException/);
});
