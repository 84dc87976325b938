// A passkey of Chromium's virtual authenticator, registered and used through the JSON API.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { openBrowser } from './support/browser.mjs';
import { startServer } from './support/symbolon.mjs';
import { password, sdkClient } from './support/tutorial.mjs';

/** A page at http://localhost, where browsers allow passkeys. */
async function openSite(t) {
  const site = http.createServer((request, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><title>app</title>'));
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  t.after(() => site.close());
  return `http://localhost:${site.address().port}/`;
}

async function openAuthenticator(t) {
  const { page, context } = await openBrowser(t);
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true } });
  await page.goto(await openSite(t));
  return {
    create: (options) => page.evaluate(async (given) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(given);
      return (await navigator.credentials.create({ publicKey })).toJSON();
    }, options),
    get: (options) => page.evaluate(async (given) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(given);
      return (await navigator.credentials.get({ publicKey })).toJSON();
    }, options),
  };
}

async function makePool(server) {
  const admin = sdkClient(server);
  const { UserPool } = await admin.send(new cognito.CreateUserPoolCommand({
    PoolName: 'passkeys', Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } }));
  await admin.send(new cognito.SetUserPoolMfaConfigCommand({
    UserPoolId: UserPool.Id, MfaConfiguration: 'OFF',
    WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' } }));
  const { UserPoolClient } = await admin.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: UserPool.Id, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] }));
  const Username = 'alice';
  await admin.send(new cognito.AdminCreateUserCommand({ UserPoolId: UserPool.Id, Username, MessageAction: 'SUPPRESS' }));
  await admin.send(new cognito.AdminSetUserPasswordCommand({ UserPoolId: UserPool.Id, Username, Password: password, Permanent: true }));
  return { admin, clientId: UserPoolClient.ClientId };
}

test('a passkey is registered, signs in without a password, once for each challenge, and is deleted', async (t) => {
  const server = await startServer(t);
  const { admin, clientId } = await makePool(server);
  const authenticator = await openAuthenticator(t);
  const byPassword = await admin.send(new cognito.InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters: { USERNAME: 'alice', PASSWORD: password } }));
  const { AccessToken } = byPassword.AuthenticationResult;

  const { CredentialCreationOptions } = await admin.send(new cognito.StartWebAuthnRegistrationCommand({ AccessToken }));
  assert.equal(CredentialCreationOptions.rp.id, 'localhost');
  const created = await authenticator.create(CredentialCreationOptions);
  await admin.send(new cognito.CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: created }));
  await assert.rejects(admin.send(new cognito.CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: created })),
    { name: 'WebAuthnChallengeNotFoundException' });
  const { Credentials } = await admin.send(new cognito.ListWebAuthnCredentialsCommand({ AccessToken }));
  assert.equal(Credentials.length, 1);
  assert.equal(Credentials[0].CredentialId, created.id);

  const begin = () => admin.send(new cognito.InitiateAuthCommand({
    AuthFlow: 'USER_AUTH', ClientId: clientId, AuthParameters: { USERNAME: 'alice', PREFERRED_CHALLENGE: 'WEB_AUTHN' } }));
  const answer = (challenge, credential) => admin.send(new cognito.RespondToAuthChallengeCommand({
    ClientId: clientId, ChallengeName: 'WEB_AUTHN', Session: challenge.Session,
    ChallengeResponses: { USERNAME: 'alice', CREDENTIAL: JSON.stringify(credential) } }));
  const challenge = await begin();
  assert.equal(challenge.ChallengeName, 'WEB_AUTHN');
  const proof = await authenticator.get(JSON.parse(challenge.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS));
  const { AuthenticationResult } = await answer(challenge, proof);
  await admin.send(new cognito.GetUserCommand({ AccessToken: AuthenticationResult.AccessToken }));
  await assert.rejects(answer(challenge, proof), { name: 'NotAuthorizedException' }, 'the same challenge');
  await assert.rejects(begin().then((fresh) => answer(fresh, proof)), { name: 'NotAuthorizedException' }, 'the proof of another one');

  await admin.send(new cognito.DeleteWebAuthnCredentialCommand({ AccessToken, CredentialId: created.id }));
  assert.equal((await admin.send(new cognito.ListWebAuthnCredentialsCommand({ AccessToken }))).Credentials.length, 0);
});
