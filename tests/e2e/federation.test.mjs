// People who come from identity providers, with providers that others wrote.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { Visitor, authorizeUrl, exchange, userInfo } from './support/oauth.mjs';
import { signInAtProvider, startOidcProvider } from './support/oidc_idp.mjs';
import { answerLogout, answerRequest, askLogout, makeSamlProvider, readLogoutAnswer } from './support/saml_idp.mjs';
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

async function allowProvider(client, pool, name, more = {}) {
  const { UserPoolClient } = await client.send(new cognito.DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId: pool.clientId }));
  const { ClientSecret, LastModifiedDate, CreationDate, ...settings } = UserPoolClient;
  await client.send(new cognito.UpdateUserPoolClientCommand({ ...settings, SupportedIdentityProviders: ['COGNITO', name], ...more }));
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
  assert.match(await typed.text(), /http-equiv="refresh" content="0;url=[^"]*\/login\/provider\?[^"]*Corp/);
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

test('single logout with a SAML provider, begun here and there', async (t) => {
  const { server, client, pool, site } = await prepared(t);
  await client.send(new cognito.GetSigningCertificateCommand({ UserPoolId: pool.poolId }));
  const upstream = makeSamlProvider({ signsOut: true });
  await client.send(new cognito.CreateIdentityProviderCommand({
    UserPoolId: pool.poolId, ProviderName: 'Saml', ProviderType: 'SAML',
    ProviderDetails: { MetadataFile: upstream.metadata, IDPSignout: 'true' }, AttributeMapping: { email: 'mail' },
  }));
  const bye = 'https://client.example/bye';
  await allowProvider(client, pool, 'Saml', { LogoutURLs: [bye] });
  const spMetadata = await (await fetch(`${site}/saml2/metadata`)).text();
  const signIn = async () => {
    const visitor = new Visitor();
    const leaving = await visitor.fetch(authorizeUrl(server, pool, { identity_provider: 'Saml' }));
    const response = await answerRequest(upstream, leaving.headers.get('location'), spMetadata, { nameId: 'Jane.7', mail: 'jane@saml.example' });
    await tokensOf(server, pool, await visitor.fetch(`${site}/saml2/idpresponse`, { method: 'POST', body: new URLSearchParams(response) }));
    return visitor;
  };
  const isSignedIn = async (visitor) => {
    const answer = await visitor.fetch(authorizeUrl(server, pool, { prompt: 'none' }));
    return new URL(answer.headers.get('location')).searchParams.has('code');
  };

  const visitor = await signIn();
  assert.ok(await isSignedIn(visitor));
  const query = new URLSearchParams({ client_id: pool.clientId, logout_uri: bye });
  const onward = await visitor.fetch((await visitor.fetch(`${site}/logout?${query}`)).headers.get('location'));
  assert.equal(await isSignedIn(visitor), false);
  const { asked, form } = await answerLogout(upstream, onward.headers.get('location'), spMetadata);
  assert.equal(asked.nameID, 'Jane.7');
  assert.equal(asked.sessionIndex, 's1');
  const back = await visitor.fetch(`${site}/saml2/logout`, { method: 'POST', body: new URLSearchParams(form) });
  assert.equal(back.headers.get('location'), bye);

  for (const binding of ['post', 'redirect']) {
    const elsewhere = await signIn();
    const wish = askLogout(upstream, spMetadata, binding, { nameId: 'Jane.7', sessionIndex: 's1' });
    const send = binding === 'post'
      ? fetch(`${site}/saml2/logout`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(wish.form) })
      : fetch(wish.url, { redirect: 'manual' });
    const location = (await send).headers.get('location');
    assert.ok(location.startsWith('https://saml.example/slo?SAMLResponse='), location);
    const answer = await readLogoutAnswer(upstream, location, spMetadata);
    assert.equal(answer.response.inResponseTo, wish.id);
    assert.equal(new URL(location).searchParams.get('RelayState'), 'from the provider');
    assert.equal(await isSignedIn(elsewhere), false, binding);
  }
});
