// Hooks into user code: a web hook that a pool's triggers run, as a team with Lambda handlers would have it.
import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer, temporaryFolder } from './support/symbolon.mjs';
import { password, sdkClient } from './support/tutorial.mjs';

const secret = 'a secret that both sides have';
const arn = (name) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** Is the request ours, and of now? As docs/triggers.md says. */
function isGenuine(headers, body) {
  const covered = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', secret).update(covered).digest('base64')}`);
  const given = Buffer.from(headers['webhook-signature'] ?? '');
  const age = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']));
  return age < 300 && given.length === expected.length && timingSafeEqual(given, expected);
}

/** A server of handlers, written as for AWS Lambda: by what stands before the `_` of triggerSource, from event to event. */
async function startHooks(t, handlers) {
  const events = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
    const event = JSON.parse(body);
    events.push(event);
    try {
      const answer = await handlers[event.triggerSource.split('_')[0]](event);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ errorMessage: error.message }));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { events, url: `http://127.0.0.1:${server.address().port}/` };
}

async function startPool(t, handlers, lambdaConfig) {
  const hooks = await startHooks(t, handlers);
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'hooks.yaml');
  writeFileSync(file, `hooks:\n  handlers:\n    url: ${hooks.url}\n    secret: ${secret}\n`);
  const server = await startServer(t, { folder, args: ['--hooks', file], logLevel: 'error' });
  const client = sdkClient(server);
  const { UserPool } = await client.send(new cognito.CreateUserPoolCommand({ PoolName: 'hooked', LambdaConfig: lambdaConfig }));
  const { UserPoolClient } = await client.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: UserPool.Id, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }));
  return { hooks, client, poolId: UserPool.Id, clientId: UserPoolClient.ClientId };
}

function claims(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
}

function signIn({ client, clientId }) {
  return client.send(new cognito.InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters: { USERNAME: 'jane', PASSWORD: password } }));
}

test('a sign-up is confirmed by the pool\'s own code, and tokens say what it adds', async (t) => {
  const pool = await startPool(t, {
    PreSignUp: (event) => {
      event.response.autoConfirmUser = event.request.validationData.invitation === 'right';
      return event;
    },
    TokenGeneration: (event) => {
      event.response.claimsOverrideDetails = {
        claimsToAddOrOverride: { tenant: 'acme', sub: 'somebody-else' }, claimsToSuppress: ['email'],
        groupOverrideDetails: { groupsToOverride: ['staff'] },
      };
      return event;
    },
  }, { PreSignUp: arn('handlers'), PreTokenGeneration: arn('handlers') });

  const { UserConfirmed, UserSub } = await pool.client.send(new cognito.SignUpCommand({
    ClientId: pool.clientId, Username: 'jane', Password: password,
    UserAttributes: [{ Name: 'email', Value: 'jane@example.com' }],
    ValidationData: [{ Name: 'invitation', Value: 'right' }], ClientMetadata: { from: 'app' },
  }));
  assert.equal(UserConfirmed, true);

  const { AuthenticationResult: tokens } = await signIn(pool);
  const id = claims(tokens.IdToken);
  assert.equal(id.tenant, 'acme');
  assert.equal(id.sub, UserSub, 'who it is about is not for a hook to say');
  assert.equal(id.email, undefined);
  assert.deepEqual(id['cognito:groups'], ['staff']);
  assert.deepEqual(claims(tokens.AccessToken)['cognito:groups'], ['staff']);

  assert.deepEqual(pool.hooks.events.map((event) => event.triggerSource), ['PreSignUp_SignUp', 'TokenGeneration_Authentication']);
  const [signUp] = pool.hooks.events;
  assert.equal(signUp.userPoolId, pool.poolId);
  assert.equal(signUp.callerContext.clientId, pool.clientId);
  assert.deepEqual(signUp.request.clientMetadata, { from: 'app' });
  assert.deepEqual(signUp.request.userAttributes, { email: 'jane@example.com' });
});

test('a sign-up is refused in the words of the pool\'s own code', async (t) => {
  const pool = await startPool(t, { PreSignUp: () => { throw new Error('Ask for an invitation'); } }, { PreSignUp: arn('handlers') });
  await assert.rejects(
    pool.client.send(new cognito.SignUpCommand({ ClientId: pool.clientId, Username: 'jane', Password: password })),
    { name: 'UserLambdaValidationException', message: 'PreSignUp failed with error Ask for an invitation.' });
  await assert.rejects(
    pool.client.send(new cognito.AdminGetUserCommand({ UserPoolId: pool.poolId, Username: 'jane' })), { name: 'UserNotFoundException' });
});

test('a function that nobody can reach refuses', async (t) => {
  const pool = await startPool(t, {}, { PreSignUp: arn('another') });
  await assert.rejects(
    pool.client.send(new cognito.SignUpCommand({ ClientId: pool.clientId, Username: 'jane', Password: password })),
    { name: 'UnexpectedLambdaException', message: 'PreSignUp invocation failed due to error ResourceNotFoundException.' });
});
