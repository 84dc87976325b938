// aws-jwt-verify, by which backends check Cognito's tokens. The server's public URL is that of the service, so that the
// verifier is used as it is made: its issuers cannot be chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import * as errors from 'aws-jwt-verify/error';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { jane, poolWithJane, startWithPools } from './support/bootstrap.mjs';
import { sdkClient } from './support/tutorial.mjs';

const userPoolId = 'us-east-1_Verify001';
const clientId = 'backendclient';

async function prepared(t) {
  const server = await startWithPools(t, [poolWithJane(userPoolId, [{
    ClientId: clientId, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    CallbackURLs: ['https://client.example/cb'],
  }, { ClientId: 'anotherclient', CallbackURLs: ['https://client.example/cb'] }])],
  { args: ['--base-url', 'https://cognito-idp.us-east-1.amazonaws.com'] });
  const { AuthenticationResult } = await sdkClient(server).send(new cognito.InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters: { USERNAME: jane.username, PASSWORD: jane.password },
  }));
  const jwks = await (await fetch(`${server.url}/${userPoolId}/.well-known/jwks.json`)).json();
  return { tokens: AuthenticationResult, jwks };
}

function verifierOf(jwks, properties) {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, ...properties });
  verifier.cacheJwks(jwks);
  return verifier;
}

test('a backend checks both tokens as it checks those of the service', async (t) => {
  const { tokens, jwks } = await prepared(t);
  const id = await verifierOf(jwks, { tokenUse: 'id' }).verify(tokens.IdToken);
  assert.equal(id.phone_number, jane.username);
  assert.equal(id['cognito:username'], id.sub);
  const access = await verifierOf(jwks, { tokenUse: 'access', scope: 'aws.cognito.signin.user.admin' }).verify(tokens.AccessToken);
  assert.equal(access.username, id.sub);
  assert.equal(access.origin_jti, id.origin_jti);

  await assert.rejects(verifierOf(jwks, { tokenUse: 'id' }).verify(tokens.AccessToken), errors.CognitoJwtInvalidTokenUseError);
  await assert.rejects(verifierOf(jwks, { tokenUse: 'id', clientId: 'anotherclient' }).verify(tokens.IdToken),
    errors.CognitoJwtInvalidClientIdError);
  await assert.rejects(verifierOf(jwks, { tokenUse: 'access', scope: 'openid' }).verify(tokens.AccessToken),
    errors.JwtInvalidScopeError);
  const [head, body, signature] = tokens.IdToken.split('.');
  const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace(jane.username, '+14155550199')).toString('base64url');
  await assert.rejects(verifierOf(jwks, { tokenUse: 'id' }).verify(`${head}.${forged}.${signature}`), errors.JwtInvalidSignatureError);
});
