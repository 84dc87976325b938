// People who come from identity providers, with providers that others wrote.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { Visitor, authorizeUrl, exchange, userInfo } from './support/oauth.mjs';
import { signInAtProvider, startOidcProvider } from './support/oidc_idp.mjs';
import { answerRequest, makeSamlProvider } from './support/saml_idp.mjs';
import { startServer } from './support/symbolon.mjs';
import { makePool, sdkClient } from './support/tutorial.mjs';

const clientSecret = 'a secret between two servers of 2026';

async function prepared(t) {
  const server = await startServer(t, { args: ['--private-addresses', 'true'] });
  const client = sdkClient(server);
  const pool = await makePool(client);
  const site = `${server.url}/${pool.domain}`;
  return { server, client, pool, site };
}

async function allowProvider(client, pool, name) {
  const { UserPoolClient } = await client.send(new cognito.DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId: pool.clientId }));
  const { ClientSecret, LastModifiedDate, CreationDate, ...settings } = UserPoolClient;
  await client.send(new cognito.UpdateUserPoolClientCommand({ ...settings, SupportedIdentityProviders: ['COGNITO', name] }));
}

const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** Ends at the client: its tokens. */
async function tokensOf(server, pool, arrival) {
  const back = new URL(arrival.headers.get('location'));
  assert.equal(back.origin, 'https://client.example', back.href);
  assert.equal(back.searchParams.get('error'), null, back.href);
  const answer = await exchange(server, pool, back.searchParams.get('code'));
  assert.equal(answer.status, 200);
  return answer.json();
}

async function createOidcProvider(t, { client, pool, site }) {
  const upstream = await startOidcProvider(t, {
    redirectUri: `${site}/oauth2/idpresponse`, clientSecret,
    claims: { email: 'jane@corp.example', email_verified: true, name: 'Jane Doe' },
  });
  await client.send(new cognito.CreateIdentityProviderCommand({
    UserPoolId: pool.poolId, ProviderName: 'Corp', ProviderType: 'OIDC',
    ProviderDetails: {
      client_id: 'symbolon', client_secret: clientSecret, oidc_issuer: upstream.issuer, authorize_scopes: 'openid email profile',
      attributes_request_method: 'GET',
    },
    AttributeMapping: { email: 'email', email_verified: 'email_verified', name: 'name' },
    IdpIdentifiers: ['corp.example'],
  }));
  await allowProvider(client, pool, 'Corp');
  return upstream;
}

test('sign-in by an OpenID Provider: the first makes a profile, the second finds it', async (t) => {
  const world = await prepared(t);
  const { server, client, pool } = world;
  const upstream = await createOidcProvider(t, world);
  const subjects = [];
  for (const more of [{ identity_provider: 'Corp' }, { idp_identifier: 'corp.example' }]) {
    const visitor = new Visitor();
    const leaving = await visitor.fetch(authorizeUrl(server, pool, more));
    const back = await signInAtProvider(upstream.issuer, leaving.headers.get('location'), 'person-7');
    const tokens = await tokensOf(server, pool, await visitor.fetch(back));
    const claims = claimsOf(tokens.id_token);
    assert.equal(claims['cognito:username'], 'Corp_person-7');
    assert.deepEqual(claims['cognito:groups'], [`${pool.poolId}_Corp`]);
    assert.equal(claims.identities[0].userId, 'person-7');
    assert.equal(claims.identities[0].issuer, upstream.issuer);
    assert.equal((await userInfo(server, pool, tokens.access_token)).status, 200);
    subjects.push(claims.sub);
    const again = await visitor.fetch(back);
    assert.match(again.headers.get('location'), /\/error\?error=Invalid\+state$/);
  }
  assert.equal(subjects[0], subjects[1]);
  const user = await client.send(new cognito.AdminGetUserCommand({ UserPoolId: pool.poolId, Username: 'Corp_person-7' }));
  assert.equal(user.UserStatus, 'EXTERNAL_PROVIDER');
  const value = (name) => user.UserAttributes.find((attribute) => attribute.Name === name)?.Value;
  assert.deepEqual([value('email'), value('email_verified'), value('name')], ['jane@corp.example', 'true', 'Jane Doe']);
});

test('the sign-in page has a button, and sends an address where its domain belongs', async (t) => {
  const world = await prepared(t);
  const { server, pool } = world;
  const upstream = await createOidcProvider(t, world);
  const visitor = new Visitor();
  const toLogin = await visitor.fetch(authorizeUrl(server, pool));
  const page = await (await visitor.fetch(toLogin.headers.get('location'))).text();
  const button = page.match(/href="([^"]*\/login\/provider\?[^"]*)"/)[1].replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
  const leaving = await visitor.fetch(button);
  assert.ok(leaving.headers.get('location').startsWith(`${upstream.issuer}/auth?`));
  const typed = await visitor.submit(toLogin.headers.get('location'), { username: 'jane@corp.example', password: '' });
  assert.match(typed.headers.get('location'), /\/login\/provider\?.*identity_provider=Corp/);
});

test('without --private-addresses nobody inside is asked', async (t) => {
  const server = await startServer(t);
  const client = sdkClient(server);
  const pool = await makePool(client);
  await createOidcProvider(t, { server, client, pool, site: `${server.url}/${pool.domain}` });
  const leaving = await new Visitor().fetch(authorizeUrl(server, pool, { identity_provider: 'Corp' }));
  const back = new URL(leaving.headers.get('location'));
  assert.equal(back.searchParams.get('error'), 'invalid_request');
  assert.equal(back.searchParams.get('error_description'), 'Could not connect to the IdP discovery document');
});

for (const encrypts of [false, true]) {
  test(`sign-in by a SAML provider${encrypts ? ' that encrypts' : ''}`, async (t) => {
    const { server, client, pool, site } = await prepared(t);
    await client.send(new cognito.GetSigningCertificateCommand({ UserPoolId: pool.poolId }));
    const upstream = makeSamlProvider({ encrypts });
    await client.send(new cognito.CreateIdentityProviderCommand({
      UserPoolId: pool.poolId, ProviderName: 'Saml', ProviderType: 'SAML',
      ProviderDetails: {
        MetadataFile: upstream.metadata, RequestSigningAlgorithm: 'rsa-sha256', ...(encrypts && { EncryptedResponses: 'true' }),
      },
      AttributeMapping: { email: 'mail' },
    }));
    await allowProvider(client, pool, 'Saml');
    const spMetadata = await (await fetch(`${site}/saml2/metadata`)).text();
    const visitor = new Visitor();
    const leaving = await visitor.fetch(authorizeUrl(server, pool, { identity_provider: 'Saml' }));
    const response = await answerRequest(upstream, leaving.headers.get('location'), spMetadata, { nameId: 'Jane.7', mail: 'jane@saml.example' });
    const post = () => visitor.fetch(`${site}/saml2/idpresponse`, { method: 'POST', body: new URLSearchParams(response) });
    const claims = claimsOf((await tokensOf(server, pool, await post())).id_token);
    assert.equal(claims['cognito:username'], 'Saml_Jane.7');
    assert.equal(claims.identities[0].providerType, 'SAML');
    assert.match((await post()).headers.get('location'), /\/error\?error=Invalid\+state$/);
  });
}
