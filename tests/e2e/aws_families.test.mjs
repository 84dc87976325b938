// Every family of operations with the AWS SDK for JavaScript: what is made reads back, and what is deleted is gone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from './support/symbolon.mjs';
import { Authenticator } from './support/totp.mjs';
import { password, sdkClient } from './support/tutorial.mjs';
import { waitFor } from './support/wait.mjs';

const number = '+14155550123';
const role = 'arn:aws:iam::123456789012:role/example';

/** `call(operation, input)` is the SDK's command of that name; `inPool` adds the pool. */
async function openPool(t, settings = {}, clientSettings = {}) {
  const server = await startServer(t);
  const sdk = sdkClient(server);
  const call = (name, input) => sdk.send(new cognito[`${name}Command`](input));
  const { UserPool } = await call('CreateUserPool', { PoolName: 'families', UserPoolTier: 'PLUS', ...settings });
  const inPool = (name, input = {}) => call(name, { UserPoolId: UserPool.Id, ...input });
  const { UserPoolClient } = await inPool('CreateUserPoolClient', {
    ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'], ...clientSettings });
  return { server, call, inPool, UserPool, ClientId: UserPoolClient.ClientId };
}

async function addUser({ inPool }, Username = 'alice', UserAttributes = []) {
  await inPool('AdminCreateUser', { Username, UserAttributes, MessageAction: 'SUPPRESS' });
  await inPool('AdminSetUserPassword', { Username, Password: password, Permanent: true });
}

async function signIn({ call, ClientId }, USERNAME = 'alice') {
  const answer = await call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters: { USERNAME, PASSWORD: password } });
  return answer.AuthenticationResult;
}

const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
const gone = { name: 'ResourceNotFoundException' };

test('groups', async (t) => {
  const house = await openPool(t);
  const { inPool } = house;
  await addUser(house);
  const { Group } = await inPool('CreateGroup', { GroupName: 'admins', Description: 'All of it', Precedence: 1, RoleArn: role });
  assert.equal(Group.GroupName, 'admins');
  assert.ok(Group.CreationDate instanceof Date);
  await inPool('CreateGroup', { GroupName: 'readers', Precedence: 5 });
  await assert.rejects(inPool('CreateGroup', { GroupName: 'readers' }), { name: 'GroupExistsException' });
  await inPool('UpdateGroup', { GroupName: 'readers', Description: 'Some of it' });
  assert.equal((await inPool('GetGroup', { GroupName: 'readers' })).Group.Description, 'Some of it');
  for (const GroupName of ['readers', 'admins']) await inPool('AdminAddUserToGroup', { Username: 'alice', GroupName });
  assert.deepEqual((await inPool('AdminListGroupsForUser', { Username: 'alice' })).Groups.map((g) => g.GroupName), ['admins', 'readers']);
  assert.equal((await inPool('ListUsersInGroup', { GroupName: 'admins' })).Users[0].Username, 'alice');
  const tokens = await signIn(house);
  assert.deepEqual(claimsOf(tokens.AccessToken)['cognito:groups'], ['admins', 'readers']);
  assert.equal(claimsOf(tokens.IdToken)['cognito:preferred_role'], role);
  await inPool('AdminRemoveUserFromGroup', { Username: 'alice', GroupName: 'admins' });
  assert.equal((await inPool('ListUsersInGroup', { GroupName: 'admins' })).Users.length, 0);
  await inPool('DeleteGroup', { GroupName: 'readers' });
  assert.deepEqual((await inPool('ListGroups')).Groups.map((g) => g.GroupName), ['admins']);
  await assert.rejects(inPool('GetGroup', { GroupName: 'readers' }), gone);
});

test('users, by administrators', async (t) => {
  const house = await openPool(t);
  const { inPool, call } = house;
  await addUser(house, 'alice', [{ Name: 'email', Value: 'alice@example.com' }, { Name: 'email_verified', Value: 'true' }]);
  await inPool('AdminUpdateUserAttributes', { Username: 'alice', UserAttributes: [{ Name: 'nickname', Value: 'Ali' }] });
  const attributes = async () =>
    Object.fromEntries((await inPool('AdminGetUser', { Username: 'alice' })).UserAttributes.map((a) => [a.Name, a.Value]));
  assert.equal((await attributes()).nickname, 'Ali');
  await inPool('AdminDeleteUserAttributes', { Username: 'alice', UserAttributeNames: ['nickname'] });
  assert.equal((await attributes()).nickname, undefined);
  const tokens = await signIn(house);
  await inPool('AdminDisableUser', { Username: 'alice' });
  await assert.rejects(signIn(house), { name: 'NotAuthorizedException' });
  await inPool('AdminEnableUser', { Username: 'alice' });
  await assert.rejects(call('GetUser', { AccessToken: tokens.AccessToken }), { name: 'NotAuthorizedException' }, 'sessions stay ended');
  const { AccessToken } = await signIn(house);
  await inPool('AdminUserGlobalSignOut', { Username: 'alice' });
  await assert.rejects(call('GetUser', { AccessToken }), { name: 'NotAuthorizedException' });
  await inPool('AdminResetUserPassword', { Username: 'alice' });
  assert.equal((await inPool('AdminGetUser', { Username: 'alice' })).UserStatus, 'RESET_REQUIRED');
  await inPool('AdminDeleteUser', { Username: 'alice' });
  await assert.rejects(inPool('AdminGetUser', { Username: 'alice' }), { name: 'UserNotFoundException' });
});

test('administrators sign users in', async (t) => {
  const house = await openPool(t);
  const { inPool, ClientId } = house;
  await inPool('AdminCreateUser', { Username: 'bob', TemporaryPassword: 'Temporary-1', MessageAction: 'SUPPRESS' });
  const challenge = await inPool('AdminInitiateAuth', {
    ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'bob', PASSWORD: 'Temporary-1' } });
  assert.equal(challenge.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const { AuthenticationResult } = await inPool('AdminRespondToAuthChallenge', {
    ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: challenge.Session,
    ChallengeResponses: { USERNAME: 'bob', NEW_PASSWORD: password } });
  assert.equal(claimsOf(AuthenticationResult.AccessToken).username, 'bob');
});

test('second factors', async (t) => {
  const house = await openPool(t, { SmsConfiguration: { SnsCallerArn: role } });
  const { inPool, call } = house;
  await inPool('SetUserPoolMfaConfig', {
    MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true }, SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: role } } });
  assert.equal((await inPool('GetUserPoolMfaConfig')).SoftwareTokenMfaConfiguration.Enabled, true);
  await addUser(house, 'alice', [{ Name: 'phone_number', Value: number }, { Name: 'phone_number_verified', Value: 'true' }]);
  const { AccessToken } = await signIn(house);
  const { SecretCode } = await call('AssociateSoftwareToken', { AccessToken });
  const authenticator = new Authenticator(SecretCode);
  await assert.rejects(call('VerifySoftwareToken', { AccessToken, UserCode: authenticator.codeOf(1) }), { name: 'EnableSoftwareTokenMFAException' });
  assert.equal((await call('VerifySoftwareToken', { AccessToken, UserCode: authenticator.code() })).Status, 'SUCCESS');
  await call('SetUserMFAPreference', {
    AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true }, SMSMfaSettings: { Enabled: true } });
  const user = await call('GetUser', { AccessToken });
  assert.equal(user.PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');
  assert.deepEqual([...user.UserMFASettingList].sort(), ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
  const factors = await call('GetUserAuthFactors', { AccessToken });
  assert.equal(factors.PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');
  assert.ok(factors.ConfiguredUserAuthFactors.includes('PASSWORD'));
  assert.equal((await inPool('AdminGetUserAuthFactors', { Username: 'alice' })).Username, 'alice');
  await inPool('AdminSetUserMFAPreference', { Username: 'alice', SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
  assert.equal((await inPool('AdminGetUser', { Username: 'alice' })).PreferredMfaSetting, 'SMS_MFA');
  await inPool('AdminDeleteSoftwareToken', { Username: 'alice' });
  assert.deepEqual((await inPool('AdminGetUser', { Username: 'alice' })).UserMFASettingList, ['SMS_MFA']);
});

test('a user changes and verifies an address, and goes', async (t) => {
  const house = await openPool(t, { AutoVerifiedAttributes: ['phone_number'], SmsConfiguration: { SnsCallerArn: role } });
  const { call } = house;
  await addUser(house);
  const { AccessToken } = await signIn(house);
  const { CodeDeliveryDetailsList } = await call('UpdateUserAttributes', {
    AccessToken, UserAttributes: [{ Name: 'phone_number', Value: number }, { Name: 'nickname', Value: 'Ali' }] });
  assert.equal(CodeDeliveryDetailsList[0].AttributeName, 'phone_number');
  await house.server.texts.next();
  await call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'phone_number' });
  const { code } = await house.server.texts.next();
  await call('VerifyUserAttribute', { AccessToken, AttributeName: 'phone_number', Code: code });
  await call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['nickname'] });
  const attributes = Object.fromEntries((await call('GetUser', { AccessToken })).UserAttributes.map((a) => [a.Name, a.Value]));
  assert.equal(attributes.phone_number_verified, 'true');
  assert.equal(attributes.nickname, undefined);
  await call('DeleteUser', { AccessToken });
  await assert.rejects(call('GetUser', { AccessToken }), { name: 'UserNotFoundException' });
});

test('refresh tokens that rotate', async (t) => {
  const house = await openPool(t, {}, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } });
  const { call, ClientId } = house;
  await addUser(house);
  const tokens = await signIn(house);
  const refresh = async (RefreshToken) => (await call('GetTokensFromRefreshToken', { RefreshToken, ClientId })).AuthenticationResult;
  const second = await refresh(tokens.RefreshToken);
  assert.notEqual(second.RefreshToken, tokens.RefreshToken);
  await assert.rejects(call('InitiateAuth', { AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId, AuthParameters: { REFRESH_TOKEN: second.RefreshToken } }),
    { name: 'InvalidParameterException' });
  const third = await refresh(second.RefreshToken);
  await call('GetUser', { AccessToken: third.AccessToken });
  await assert.rejects(refresh(second.RefreshToken), { name: 'RefreshTokenReuseException' });
  await assert.rejects(refresh(third.RefreshToken), { name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' });
  await assert.rejects(call('GetUser', { AccessToken: third.AccessToken }), { name: 'NotAuthorizedException' });
});

test('tokens of a client for itself', async (t) => {
  const { call, inPool } = await openPool(t);
  await inPool('CreateResourceServer', { Identifier: 'orders', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }] });
  const { UserPoolClient: machine } = await inPool('CreateUserPoolClient', {
    ClientName: 'machine', GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
    AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['orders/read'], AllowedOAuthFlowsUserPoolClient: true });
  const { ClientAuthenticationResult } = await call('GetClientToken', { ClientId: machine.ClientId, Secret: machine.ClientSecret });
  assert.equal(claimsOf(ClientAuthenticationResult.AccessToken).scope, 'orders/read');
  await assert.rejects(call('GetClientToken', { ClientId: machine.ClientId, Secret: 'a'.repeat(52) }), { name: 'NotAuthorizedException' });
});

test('secrets of a client are changed without a gap', async (t) => {
  const { inPool } = await openPool(t);
  const { UserPoolClient: { ClientId } } = await inPool('CreateUserPoolClient', { ClientName: 'confidential', GenerateSecret: true });
  const { ClientSecretDescriptor: added } = await inPool('AddUserPoolClientSecret', { ClientId });
  assert.ok(added.ClientSecretValue.length >= 24);
  const list = async () => (await inPool('ListUserPoolClientSecrets', { ClientId })).ClientSecrets;
  const first = (await list()).find((secret) => secret.ClientSecretId !== added.ClientSecretId);
  assert.equal((await list()).length, 2);
  await inPool('DeleteUserPoolClientSecret', { ClientId, ClientSecretId: first.ClientSecretId });
  assert.deepEqual((await list()).map((secret) => secret.ClientSecretId), [added.ClientSecretId]);
});

test('identity providers', async (t) => {
  const house = await openPool(t);
  const { inPool } = house;
  const details = {
    client_id: 'abc', client_secret: 'def', attributes_request_method: 'GET', oidc_issuer: 'https://issuer.example', authorize_scopes: 'openid',
    authorize_url: 'https://issuer.example/authorize', token_url: 'https://issuer.example/token',
    attributes_url: 'https://issuer.example/userinfo', jwks_uri: 'https://issuer.example/jwks' };
  const { IdentityProvider } = await inPool('CreateIdentityProvider', {
    ProviderName: 'Example', ProviderType: 'OIDC', ProviderDetails: details, AttributeMapping: { email: 'email', username: 'sub' }, IdpIdentifiers: ['example.com'] });
  assert.equal(IdentityProvider.ProviderDetails.client_id, 'abc');
  assert.equal((await inPool('DescribeIdentityProvider', { ProviderName: 'Example' })).IdentityProvider.AttributeMapping.email, 'email');
  assert.equal((await inPool('GetIdentityProviderByIdentifier', { IdpIdentifier: 'example.com' })).IdentityProvider.ProviderName, 'Example');
  await inPool('UpdateIdentityProvider', { ProviderName: 'Example', AttributeMapping: { name: 'name' } });
  assert.equal((await inPool('ListIdentityProviders')).Providers.length, 1);
  await addUser(house);
  await inPool('AdminLinkProviderForUser', {
    DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'alice' },
    SourceUser: { ProviderName: 'Example', ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue: 'subject-1' } });
  const identities = (user) => JSON.parse(user.UserAttributes.find((a) => a.Name === 'identities').Value);
  assert.equal(identities(await inPool('AdminGetUser', { Username: 'alice' }))[0].userId, 'subject-1');
  await inPool('AdminDisableProviderForUser', {
    User: { ProviderName: 'Example', ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue: 'subject-1' } });
  await inPool('DeleteIdentityProvider', { ProviderName: 'Example' });
  await assert.rejects(inPool('DescribeIdentityProvider', { ProviderName: 'Example' }), gone);
});

test('attributes, tags, certificates and the look of the pages', async (t) => {
  const { inPool, call, UserPool, ClientId } = await openPool(t);
  await inPool('AddCustomAttributes', { CustomAttributes: [{ Name: 'tier', AttributeDataType: 'String', Mutable: true }] });
  assert.ok((await inPool('DescribeUserPool')).UserPool.SchemaAttributes.some((a) => a.Name === 'custom:tier'));
  const ResourceArn = UserPool.Arn;
  await call('TagResource', { ResourceArn, Tags: { team: 'voice', stage: 'test' } });
  await call('UntagResource', { ResourceArn, TagKeys: ['stage'] });
  assert.deepEqual((await call('ListTagsForResource', { ResourceArn })).Tags, { team: 'voice' });
  assert.ok((await inPool('GetSigningCertificate')).Certificate.length > 100);
  await inPool('CreateUserPoolDomain', { Domain: 'families-look' });
  await inPool('SetUICustomization', { ClientId: 'ALL', CSS: '.label-customizable { font-weight: 400; }' });
  assert.match((await inPool('GetUICustomization', { ClientId })).UICustomization.CSS, /font-weight/);
});

test('branding of a client', async (t) => {
  const { inPool, ClientId } = await openPool(t);
  const { ManagedLoginBranding } = await inPool('CreateManagedLoginBranding', { ClientId, UseCognitoProvidedValues: true });
  const { ManagedLoginBrandingId } = ManagedLoginBranding;
  await assert.rejects(inPool('CreateManagedLoginBranding', { ClientId, UseCognitoProvidedValues: true }), { name: 'ManagedLoginBrandingExistsException' });
  assert.equal((await inPool('DescribeManagedLoginBranding', { ManagedLoginBrandingId })).ManagedLoginBranding.UseCognitoProvidedValues, true);
  const Settings = { categories: { global: { colorSchemeMode: 'DARK' } } };
  await inPool('UpdateManagedLoginBranding', { ManagedLoginBrandingId, Settings, UseCognitoProvidedValues: false });
  const found = await inPool('DescribeManagedLoginBrandingByClient', { ClientId });
  assert.equal(found.ManagedLoginBranding.Settings.categories.global.colorSchemeMode, 'DARK');
  await inPool('DeleteManagedLoginBranding', { ManagedLoginBrandingId });
  await assert.rejects(inPool('DescribeManagedLoginBranding', { ManagedLoginBrandingId }), gone);
});

test('terms of a client', async (t) => {
  const { inPool, ClientId } = await openPool(t);
  const made = await inPool('CreateTerms', {
    ClientId, TermsName: 'terms-of-use', TermsSource: 'LINK', Enforcement: 'NONE', Links: { 'cognito:default': 'https://example.com/terms' } });
  const { TermsId } = made.Terms;
  assert.equal((await inPool('DescribeTerms', { TermsId })).Terms.TermsName, 'terms-of-use');
  await inPool('UpdateTerms', { TermsId, Links: { 'cognito:default': 'https://example.com/new-terms' } });
  const found = await inPool('DescribeTermsByClient', { ClientId, TermsName: 'terms-of-use' });
  assert.equal(found.Terms.Links['cognito:default'], 'https://example.com/new-terms');
  assert.equal((await inPool('ListTerms')).Terms.length, 1);
  await inPool('DeleteTerms', { TermsId });
  await assert.rejects(inPool('DescribeTerms', { TermsId }), gone);
});

test('threat protection, logs and limits', async (t) => {
  const house = await openPool(t, { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } });
  const { inPool, call } = house;
  await inPool('SetRiskConfiguration', { RiskExceptionConfiguration: { BlockedIPRangeList: ['203.0.113.0/24'] } });
  assert.deepEqual((await inPool('DescribeRiskConfiguration')).RiskConfiguration.RiskExceptionConfiguration.BlockedIPRangeList, ['203.0.113.0/24']);
  assert.deepEqual((await inPool('GetLogDeliveryConfiguration')).LogDeliveryConfiguration.LogConfigurations, []);
  await inPool('SetLogDeliveryConfiguration', { LogConfigurations: [{
    LogLevel: 'ERROR', EventSource: 'userNotification',
    CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:cognito' } }] });
  assert.equal((await inPool('GetLogDeliveryConfiguration')).LogDeliveryConfiguration.LogConfigurations.length, 1);
  const LimitDefinition = { LimitClass: 'API_CATEGORY', Attributes: { Category: 'UserAuthentication' } };
  const { Limit } = await call('GetProvisionedLimit', { LimitDefinition });
  assert.ok(Limit.ProvisionedLimitValue >= Limit.FreeLimitValue);
});

test('what users did, where threat protection watches', async (t) => {
  const house = await openPool(t, { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } });
  const { inPool } = house;
  await addUser(house);
  await signIn(house);
  const { AuthEvents } = await inPool('AdminListUserAuthEvents', { Username: 'alice' });
  assert.equal(AuthEvents[0].EventType, 'SignIn');
  assert.equal(AuthEvents[0].EventResponse, 'Pass');
  await inPool('AdminUpdateAuthEventFeedback', { Username: 'alice', EventId: AuthEvents[0].EventId, FeedbackValue: 'Valid' });
});

test('sessions of users', async (t) => {
  const house = await openPool(t);
  const { inPool, call, ClientId } = house;
  await inPool('SetUserPoolSessionConfiguration', { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 5 } });
  assert.equal((await inPool('GetUserPoolSessionConfiguration')).TokenSession.MaxPerUser, 5);
  await inPool('SetUserPoolClientSessionConfiguration', { ClientId, SSOSession: { MaxValidityMinutes: 10 } });
  assert.equal((await inPool('GetUserPoolClientSessionConfiguration', { ClientId })).SSOSession.MaxValidityMinutes, 10);
  await addUser(house);
  const [one, other] = [await signIn(house), await signIn(house)];
  const { Sessions } = await call('ListUserSessions', { AccessToken: one.AccessToken });
  assert.equal(Sessions.length, 2);
  assert.equal((await inPool('AdminListUserSessions', { Username: 'alice' })).Sessions.length, 2);
  for (const { SessionId } of Sessions) await call('RevokeUserSession', { AccessToken: one.AccessToken, SessionId }).catch(() => {});
  await assert.rejects(call('GetUser', { AccessToken: other.AccessToken }), { name: 'NotAuthorizedException' });
  await call('GetUser', { AccessToken: one.AccessToken });
});

test('users from a CSV file', async (t) => {
  const house = await openPool(t, { AutoVerifiedAttributes: ['email'] });
  const { inPool } = house;
  const { CSVHeader } = await inPool('GetCSVHeader');
  const { UserImportJob } = await inPool('CreateUserImportJob', { JobName: 'import', CloudWatchLogsRoleArn: role });
  const values = { 'cognito:username': 'carol', email: 'carol@example.com', email_verified: 'true', phone_number_verified: 'false', 'cognito:mfa_enabled': 'false' };
  const csv = [CSVHeader.join(','), CSVHeader.map((name) => values[name] ?? '').join(',')].join('\n') + '\n';
  const put = await fetch(UserImportJob.PreSignedUrl, { method: 'PUT', body: csv, headers: { 'x-amz-server-side-encryption': 'aws:kms' } });
  assert.equal(put.status, 200);
  const { JobId } = UserImportJob;
  await inPool('StartUserImportJob', { JobId });
  const job = await waitFor(async () => {
    const { UserImportJob: now } = await inPool('DescribeUserImportJob', { JobId });
    return ['Succeeded', 'Failed'].includes(now.Status) && now;
  }, 'the import ends');
  assert.equal(job.Status, 'Succeeded');
  assert.equal(job.ImportedUsers, 1);
  assert.equal((await inPool('AdminGetUser', { Username: 'carol' })).UserStatus, 'RESET_REQUIRED');
  assert.equal((await inPool('ListUserImportJobs', { MaxResults: 10 })).UserImportJobs.length, 1);
  await assert.rejects(inPool('StopUserImportJob', { JobId }), { name: 'PreconditionNotMetException' });
});

test('the SDK has a command for each operation that is called here', () => {
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  const called = new Set([...source.matchAll(/(?:call|inPool)\('([A-Z]\w+)'/g)].map((match) => match[1]));
  for (const name of called) assert.ok(cognito[`${name}Command`], name);
});
