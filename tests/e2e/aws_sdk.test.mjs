// The same steps with the AWS SDK for JavaScript: an endpoint URL is all that changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { authorizationCode, exchange, userInfo } from './support/oauth.mjs';
import { startServer } from './support/symbolon.mjs';
import { answerCode, beginSignIn, makePool, password, sdkClient, secretHash, signIn, signUp } from './support/tutorial.mjs';

const number = '+14155550123';

test('pool, client and domain read back as they were made', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  const { UserPool } = await client.send(new cognito.DescribeUserPoolCommand({ UserPoolId: pool.poolId }));
  assert.deepEqual(UserPool.UsernameAttributes, ['phone_number']);
  assert.equal(UserPool.MfaConfiguration, 'ON');
  assert.equal(UserPool.Domain, pool.domain);
  assert.ok(UserPool.CreationDate instanceof Date);
  assert.equal(UserPool.Policies.PasswordPolicy.MinimumLength, 8);
  const { DomainDescription } = await client.send(new cognito.DescribeUserPoolDomainCommand({ Domain: pool.domain }));
  assert.equal(DomainDescription.UserPoolId, pool.poolId);
  const free = await client.send(new cognito.DescribeUserPoolDomainCommand({ Domain: 'still-free' }));
  assert.deepEqual(free.DomainDescription, {});
  const { UserPools } = await client.send(new cognito.ListUserPoolsCommand({ MaxResults: 10 }));
  assert.equal(UserPools.length, 1);
});

test('sign up, confirm, sign in with the code by SMS, refresh, sign out', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  const sub = await signUp(client, server, pool, number);
  const tokens = await signIn(client, server, pool, number);
  assert.equal(tokens.TokenType, 'Bearer');
  assert.equal(tokens.ExpiresIn, 3600);

  const user = await client.send(new cognito.GetUserCommand({ AccessToken: tokens.AccessToken }));
  const attribute = (name) => user.UserAttributes.find((a) => a.Name === name)?.Value;
  assert.equal(user.Username, sub);
  assert.equal(attribute('phone_number'), number);
  assert.equal(attribute('phone_number_verified'), 'true');

  const refreshed = await client.send(new cognito.InitiateAuthCommand({
    AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId: pool.clientId,
    AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken, SECRET_HASH: secretHash(pool, sub) },
  }));
  assert.equal(refreshed.AuthenticationResult.RefreshToken, undefined);
  await client.send(new cognito.GetUserCommand({ AccessToken: refreshed.AuthenticationResult.AccessToken }));

  await client.send(new cognito.GlobalSignOutCommand({ AccessToken: tokens.AccessToken }));
  await assert.rejects(client.send(new cognito.GetUserCommand({ AccessToken: refreshed.AuthenticationResult.AccessToken })),
    { name: 'NotAuthorizedException' });
});

test('a forgotten password is replaced with a code by SMS', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  await signUp(client, server, pool, number);
  const hash = secretHash(pool, number);
  const { CodeDeliveryDetails } = await client.send(
    new cognito.ForgotPasswordCommand({ ClientId: pool.clientId, Username: number, SecretHash: hash }));
  assert.equal(CodeDeliveryDetails.Destination, '+*******0123');
  const { code } = await server.texts.next();
  const newPassword = 'Another-horse-7';
  await client.send(new cognito.ConfirmForgotPasswordCommand({
    ClientId: pool.clientId, Username: number, ConfirmationCode: code, Password: newPassword, SecretHash: hash }));
  await assert.rejects(beginSignIn(client, pool, number), { name: 'NotAuthorizedException' });
  const challenge = await beginSignIn(client, pool, number, newPassword);
  assert.equal(challenge.ChallengeName, 'SMS_MFA');
});

test('an administrator makes a user, who chooses a password at the first sign-in', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  const { User } = await client.send(new cognito.AdminCreateUserCommand({
    UserPoolId: pool.poolId, Username: number, TemporaryPassword: 'Temporary-1', MessageAction: 'SUPPRESS' }));
  assert.equal(User.UserStatus, 'FORCE_CHANGE_PASSWORD');
  const challenge = await beginSignIn(client, pool, number, 'Temporary-1');
  assert.equal(challenge.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const username = challenge.ChallengeParameters.USER_ID_FOR_SRP;
  const next = await client.send(new cognito.RespondToAuthChallengeCommand({
    ClientId: pool.clientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: challenge.Session,
    ChallengeResponses: { USERNAME: username, NEW_PASSWORD: password, SECRET_HASH: secretHash(pool, username) } }));
  assert.equal(next.ChallengeName, 'SMS_MFA');
  const { code } = await server.texts.next();
  const { AuthenticationResult } = await answerCode(client, pool, next, code);
  assert.ok(AuthenticationResult.AccessToken);
  const { Users } = await client.send(new cognito.ListUsersCommand({ UserPoolId: pool.poolId, Filter: `phone_number = "${number}"` }));
  assert.equal(Users.length, 1);
  assert.equal(Users[0].UserStatus, 'CONFIRMED');
});

test('resource servers, client credentials and the JWKS', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  await client.send(new cognito.CreateResourceServerCommand({
    UserPoolId: pool.poolId, Identifier: 'orders', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read orders' }] }));
  const { UserPoolClient } = await client.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: pool.poolId, ClientName: 'machine', GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['orders/read'], AllowedOAuthFlowsUserPoolClient: true }));
  const answer = await fetch(`${server.url}/${pool.domain}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: 'Basic ' + Buffer.from(`${UserPoolClient.ClientId}:${UserPoolClient.ClientSecret}`).toString('base64') },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  assert.equal(answer.status, 200);
  const { access_token: token } = await answer.json();
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  assert.equal(claims.scope, 'orders/read');
  assert.equal(claims.token_use, 'access');
  const jwks = await (await fetch(`${server.url}/${pool.poolId}/.well-known/jwks.json`)).json();
  assert.equal(jwks.keys.length, 2);
  assert.ok(jwks.keys.every((key) => key.d === undefined));
});

test('code, token and userInfo over the domain, then revocation', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  await signUp(client, server, pool, number);
  const code = await authorizationCode(server, pool, number);
  const tokens = await (await exchange(server, pool, code)).json();
  assert.equal(tokens.token_type, 'Bearer');
  const info = await userInfo(server, pool, tokens.access_token);
  assert.equal(info.status, 200);
  assert.equal((await info.json()).phone_number, number);
  await client.send(new cognito.RevokeTokenCommand({
    ClientId: pool.clientId, ClientSecret: pool.clientSecret, Token: tokens.refresh_token }));
  assert.equal((await userInfo(server, pool, tokens.access_token)).status, 401);
});
