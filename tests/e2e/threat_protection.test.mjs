// Threat protection with the AWS SDK: a list of leaked passwords, a sign-in from elsewhere that is blocked and then said to
// be one's own, and the log of it all in a file.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { sdkClient } from './support/tutorial.mjs';
import { waitFor } from './support/wait.mjs';

const poolId = 'us-east-1_Watched01';
const password = 'Correct-Horse-7';
const leaked = 'Leaked-Horse-7';
const bucket = 'arn:aws:s3:::watched';
const home = ['192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'];
const elsewhere = ['198.51.100.9', 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'];

/** A pool that enforces threat protection, with Jane in it; mails in a file. */
async function startWatched(t) {
  const folder = temporaryFolder(t);
  const file = (name) => path.join(folder, name);
  writeFileSync(file('pools.yaml'), `
UserPools:
  - Id: ${poolId}
    PoolName: watched
    UserPoolTier: PLUS
    UserPoolAddOns: {AdvancedSecurityMode: ENFORCED}
    Clients: [{ClientId: watchedclient, ClientName: app, ExplicitAuthFlows: [ALLOW_ADMIN_USER_PASSWORD_AUTH]}]
    Users:
      - {Username: jane, Password: ${password}, UserAttributes: [{Name: email, Value: jane@example.com}, {Name: email_verified, Value: "true"}]}
`);
  const hashes = ['a', 'b', leaked, 'c'].map((text) => createHash('sha1').update(text).digest('hex').toUpperCase());
  writeFileSync(file('leaked.txt'), hashes.sort().map((hash) => `${hash}:3\r\n`).join(''));
  const server = await startServer(t, { args: ['--bootstrap', file('pools.yaml'), '--compromised-passwords', file('leaked.txt'),
    '--log-delivery', file('logs'), '--email', `file:${file('mails.jsonl')}`] });
  const lines = (name) => (existsSync(name) ? readFileSync(name, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);
  return { client: sdkClient(server), logs: file('logs'), mails: () => lines(file('mails.jsonl')), lines };
}

function signIn(client, [address, agent], given = password) {
  return client.send(new cognito.AdminInitiateAuthCommand({
    UserPoolId: poolId, ClientId: 'watchedclient', AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'jane', PASSWORD: given },
    ContextData: { IpAddress: address, ServerName: 'app', ServerPath: '/', HttpHeaders: [{ headerName: 'User-Agent', headerValue: agent }] },
  }));
}

test('a sign-in from elsewhere is blocked, told of and, once it is said to be one\'s own, let through', async (t) => {
  const { client, logs, mails, lines } = await startWatched(t);
  const action = { Notify: true, EventAction: 'BLOCK' };
  await client.send(new cognito.SetRiskConfigurationCommand({
    UserPoolId: poolId,
    CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
    AccountTakeoverRiskConfiguration: {
      Actions: { MediumAction: action, HighAction: action },
      NotifyConfiguration: {
        SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a', From: 'security@example.com',
        BlockEmail: { Subject: 'Blocked', TextBody: '{event-id} {feedback-token}' },
      },
    },
  }));
  await client.send(new cognito.SetLogDeliveryConfigurationCommand({
    UserPoolId: poolId, LogConfigurations: [{ LogLevel: 'INFO', EventSource: 'userAuthEvents', S3Configuration: { BucketArn: bucket } }],
  }));

  assert.ok((await signIn(client, home)).AuthenticationResult);
  await assert.rejects(signIn(client, elsewhere), { name: 'NotAuthorizedException', message: 'Unable to login because of security reasons.' });
  await waitFor(() => mails().length === 1, 'the mail about it');
  const [mail] = mails();
  assert.deepEqual([mail.to, mail.from, mail.subject], ['jane@example.com', 'security@example.com', 'Blocked']);
  const [EventId, FeedbackToken] = mail.text.split(' ');
  await client.send(new cognito.UpdateAuthEventFeedbackCommand({
    UserPoolId: poolId, Username: 'jane', EventId, FeedbackToken, FeedbackValue: 'Valid',
  }));
  assert.ok((await signIn(client, elsewhere)).AuthenticationResult);

  const { AuthEvents } = await client.send(new cognito.AdminListUserAuthEventsCommand({ UserPoolId: poolId, Username: 'jane' }));
  assert.deepEqual(AuthEvents.map((event) => event.EventRisk.RiskDecision), ['NoRisk', 'Block', 'NoRisk']);
  assert.equal(AuthEvents[1].EventContextData.DeviceName, 'Chrome 126, Windows 10');
  assert.equal(AuthEvents[1].EventFeedback.FeedbackValue, 'Valid');

  const logged = () => readdirSync(logs).flatMap((name) => lines(path.join(logs, name)));
  await waitFor(() => logged().length === 4, 'three sign-ins and the feedback in the log');
  assert.deepEqual(readdirSync(logs).map((name) => name.replace(/-\w{16}\.jsonl$/, '')), ['arn_aws_s3___watched']);
  assert.equal(statSync(path.join(logs, readdirSync(logs)[0])).mode & 0o777, 0o600);
  assert.deepEqual(logged().map(({ message }) => message.riskDecision), ['PASS', 'Block', 'Block', 'PASS']);
  assert.ok(!JSON.stringify(logged()).includes(password));
});

test('a leaked password is nobody\'s new one, and opens nothing', async (t) => {
  const { client } = await startWatched(t);
  const set = (Password) => client.send(new cognito.AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: 'jane', Password, Permanent: true }));
  await client.send(new cognito.SetRiskConfigurationCommand({
    UserPoolId: poolId, CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
  }));
  const signUp = (Password) => client.send(new cognito.SignUpCommand({ ClientId: 'watchedclient', Username: 'john', Password }));
  await assert.rejects(signUp(leaked), { name: 'InvalidPasswordException', message: 'Provided password cannot be used for security reasons.' });
  await signUp(password);
  await set(leaked);
  await assert.rejects(signIn(client, home, leaked), { name: 'PasswordResetRequiredException' });
  const { UserStatus } = await client.send(new cognito.AdminGetUserCommand({ UserPoolId: poolId, Username: 'jane' }));
  assert.equal(UserStatus, 'RESET_REQUIRED');
});
