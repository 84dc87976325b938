// The tutorial's pool and client, made with the AWS SDK for JavaScript.
import { createHmac } from 'node:crypto';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';

export const password = 'Correct-horse-9';

export function sdkClient(server, credentials = server.credentials) {
  return new cognito.CognitoIdentityProviderClient({
    endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1,
  });
}

/** Steps 1 and 3: pool, domain, client. */
export async function makePool(client, { domain = 'testaccountlinking', callbacks = ['https://client.example/cb'], secret = true } = {}) {
  const { UserPool } = await client.send(new cognito.CreateUserPoolCommand({
    PoolName: 'Account linking',
    UsernameAttributes: ['phone_number'],
    AutoVerifiedAttributes: ['phone_number'],
    MfaConfiguration: 'ON',
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
    Policies: { PasswordPolicy: { MinimumLength: 8, RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: false } },
  }));
  await client.send(new cognito.CreateUserPoolDomainCommand({ Domain: domain, UserPoolId: UserPool.Id }));
  const { UserPoolClient } = await client.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: UserPool.Id,
    ClientName: 'Skill',
    GenerateSecret: secret,
    SupportedIdentityProviders: ['COGNITO'],
    CallbackURLs: callbacks,
    AllowedOAuthFlows: ['code', 'implicit'],
    AllowedOAuthScopes: ['phone', 'openid'],
    AllowedOAuthFlowsUserPoolClient: true,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  }));
  return { poolId: UserPool.Id, clientId: UserPoolClient.ClientId, clientSecret: UserPoolClient.ClientSecret, domain };
}

/** A further client of the pool, whose refresh tokens are used once. */
export async function makeRotatingClient(client, pool) {
  const { UserPoolClient } = await client.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: pool.poolId, ClientName: 'Rotating', GenerateSecret: true, SupportedIdentityProviders: ['COGNITO'],
    CallbackURLs: ['https://client.example/cb'], AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['phone', 'openid'],
    AllowedOAuthFlowsUserPoolClient: true, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
  }));
  return { ...pool, clientId: UserPoolClient.ClientId, clientSecret: UserPoolClient.ClientSecret };
}

export function secretHash(pool, username) {
  if (!pool.clientSecret) return undefined;
  return createHmac('sha256', pool.clientSecret).update(username + pool.clientId).digest('base64');
}

/** A confirmed user with a verified number. Returns the sub. */
export async function signUp(client, server, pool, phone) {
  const { UserSub } = await client.send(new cognito.SignUpCommand({
    ClientId: pool.clientId, Username: phone, Password: password, SecretHash: secretHash(pool, phone),
  }));
  const { code } = await server.texts.next();
  await client.send(new cognito.ConfirmSignUpCommand({
    ClientId: pool.clientId, Username: phone, ConfirmationCode: code, SecretHash: secretHash(pool, phone),
  }));
  return UserSub;
}

/** What an administrator is told of a user. */
export function getUser(client, pool, username) {
  return client.send(new cognito.AdminGetUserCommand({ UserPoolId: pool.poolId, Username: username }));
}

/** First factor: the SMS_MFA challenge. */
export function beginSignIn(client, pool, phone, withPassword = password) {
  return client.send(new cognito.InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: pool.clientId,
    AuthParameters: { USERNAME: phone, PASSWORD: withPassword, ...hash(pool, phone) },
  }));
}

export function answerCode(client, pool, challenge, code) {
  const username = challenge.ChallengeParameters.USER_ID_FOR_SRP;
  return client.send(new cognito.RespondToAuthChallengeCommand({
    ClientId: pool.clientId,
    ChallengeName: 'SMS_MFA',
    Session: challenge.Session,
    ChallengeResponses: { USERNAME: username, SMS_MFA_CODE: code, ...hash(pool, username) },
  }));
}

/** Both factors: tokens. */
export async function signIn(client, server, pool, phone) {
  const challenge = await beginSignIn(client, pool, phone);
  const { code } = await server.texts.next();
  const { AuthenticationResult } = await answerCode(client, pool, challenge, code);
  return AuthenticationResult;
}

function hash(pool, username) {
  const value = secretHash(pool, username);
  return value ? { SECRET_HASH: value } : {};
}
