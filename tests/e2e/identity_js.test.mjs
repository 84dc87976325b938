// amazon-cognito-identity-js: an app changes its endpoint, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { answered, App, CognitoUserAttribute, ended } from './support/identity_js.mjs';
import { startServer } from './support/symbolon.mjs';
import { Authenticator } from './support/totp.mjs';
import { password, sdkClient } from './support/tutorial.mjs';

const number = '+14155550123';
const newPassword = 'Another-horse-7';

async function makeApp(t, settings = {}) {
  const server = await startServer(t);
  const admin = sdkClient(server);
  const { UserPool } = await admin.send(new cognito.CreateUserPoolCommand({
    PoolName: 'apps', AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }, ...settings }));
  const { UserPoolClient } = await admin.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId: UserPool.Id, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }));
  const pool = { poolId: UserPool.Id, clientId: UserPoolClient.ClientId };
  return { server, admin, pool, app: new App(server, pool) };
}

async function makeUser({ server, app }, username = 'alice') {
  const user = app.user(username);
  await app.signUp(username, password, { phone_number: number });
  await answered(async (done) => user.confirmRegistration((await server.texts.next()).code, false, done));
  return user;
}

/** One that an administrator makes, without a number. */
async function addUser({ admin, app, pool }, username = 'alice') {
  const named = { UserPoolId: pool.poolId, Username: username };
  await admin.send(new cognito.AdminCreateUserCommand({ ...named, MessageAction: 'SUPPRESS' }));
  await admin.send(new cognito.AdminSetUserPasswordCommand({ ...named, Password: password, Permanent: true }));
  return app.user(username);
}

async function signIn(app, user, username = 'alice', withPassword = password) {
  const end = await app.signIn(user, username, withPassword);
  assert.equal(end.with, 'onSuccess');
  return end.args[0];
}

const attributesOf = async (user) =>
  Object.fromEntries((await answered((done) => user.getUserAttributes(done))).map((a) => [a.getName(), a.getValue()]));

test('sign up, sign in with SRP, refresh, sign out everywhere', async (t) => {
  const house = await makeApp(t);
  const user = await makeUser(house);
  await assert.rejects(house.app.signIn(user, 'alice', 'Wrong-horse-9'),
    { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  const session = await signIn(house.app, user);
  assert.ok(session.isValid());
  assert.equal(session.getIdToken().payload['cognito:username'], 'alice');
  const attributes = await attributesOf(user);
  assert.equal(attributes.phone_number, number);
  assert.equal(attributes.phone_number_verified, 'true');

  const refreshed = await answered((done) => user.refreshSession(session.getRefreshToken(), done));
  assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
  assert.equal(refreshed.getRefreshToken().getToken(), session.getRefreshToken().getToken());
  const again = house.app.pool.getCurrentUser();
  assert.ok((await answered((done) => again.getSession(done))).isValid(), 'what the browser kept');

  await ended((callbacks) => user.globalSignOut(callbacks));
  await assert.rejects(answered((done) => user.refreshSession(session.getRefreshToken(), done)),
    { name: 'NotAuthorizedException' });
});

test('a pool with phone numbers as user names signs in by the number', async (t) => {
  const house = await makeApp(t, { UsernameAttributes: ['phone_number'] });
  const user = await makeUser(house, number);
  const session = await signIn(house.app, user, number);
  assert.match(session.getIdToken().payload['cognito:username'], /^[0-9a-f-]{36}$/);
});

test('a code by SMS as second factor', async (t) => {
  const house = await makeApp(t, { MfaConfiguration: 'ON' });
  const user = await makeUser(house);
  const question = await house.app.signIn(user, 'alice', password);
  assert.equal(question.with, 'mfaRequired');
  assert.equal(question.args[0], 'SMS_MFA');
  assert.equal(question.args[1].CODE_DELIVERY_DESTINATION, '+*******0123');
  const { code } = await house.server.texts.next();
  await assert.rejects(ended((callbacks) => user.sendMFACode(code === '000000' ? '000001' : '000000', callbacks)),
    { name: 'CodeMismatchException' });
  const end = await ended((callbacks) => user.sendMFACode(code, callbacks));
  assert.equal(end.with, 'onSuccess');
});

async function allowTotp({ admin, pool }, mode) {
  await admin.send(new cognito.SetUserPoolMfaConfigCommand({
    UserPoolId: pool.poolId, MfaConfiguration: mode, SoftwareTokenMfaConfiguration: { Enabled: true } }));
}

test('an authenticator app is set up by a user and then asked for', async (t) => {
  const house = await makeApp(t);
  await allowTotp(house, 'OPTIONAL');
  const user = await makeUser(house);
  await signIn(house.app, user);
  const associated = await ended((callbacks) => user.associateSoftwareToken(callbacks));
  assert.equal(associated.with, 'associateSecretCode');
  const authenticator = new Authenticator(associated.args[0]);
  await ended((callbacks) => user.verifySoftwareToken(authenticator.code(), 'my phone', callbacks));
  await answered((done) => user.setUserMfaPreference(null, { PreferredMfa: true, Enabled: true }, done));

  const question = await house.app.signIn(user, 'alice', password);
  assert.equal(question.with, 'totpRequired');
  assert.equal(question.args[1].FRIENDLY_DEVICE_NAME, 'my phone');
  const end = await ended((callbacks) => user.sendMFACode(authenticator.code(), callbacks, 'SOFTWARE_TOKEN_MFA'));
  assert.equal(end.with, 'onSuccess');
});

test('an authenticator app is set up during the first sign-in where a second factor is required', async (t) => {
  const house = await makeApp(t, { SmsConfiguration: undefined, AutoVerifiedAttributes: undefined });
  await allowTotp(house, 'ON');
  const user = await addUser(house);
  const question = await house.app.signIn(user, 'alice', password);
  assert.equal(question.with, 'mfaSetup');
  const associated = await ended((callbacks) => user.associateSoftwareToken(callbacks));
  const authenticator = new Authenticator(associated.args[0]);
  const end = await ended((callbacks) => user.verifySoftwareToken(authenticator.code(), 'my phone', callbacks));
  assert.equal(end.with, 'onSuccess');
  assert.ok(end.args[0].isValid(), 'the library answers MFA_SETUP itself and gets the tokens');
  assert.equal((await house.app.signIn(user, 'alice', password)).with, 'totpRequired');
});

test('a user made by an administrator chooses a password', async (t) => {
  const house = await makeApp(t, { Schema: [{ Name: 'name', AttributeDataType: 'String', Required: true, Mutable: true }] });
  await house.admin.send(new cognito.AdminCreateUserCommand({
    UserPoolId: house.pool.poolId, Username: 'bob', TemporaryPassword: 'Temporary-1', MessageAction: 'SUPPRESS' }));
  const user = house.app.user('bob');
  const question = await house.app.signIn(user, 'bob', 'Temporary-1');
  assert.equal(question.with, 'newPasswordRequired');
  assert.deepEqual(question.args[1], ['name']);
  const end = await ended((callbacks) => user.completeNewPasswordChallenge(password, { name: 'Bob' }, callbacks));
  assert.equal(end.with, 'onSuccess');
  assert.equal((await attributesOf(user)).name, 'Bob');
  await signIn(house.app, user, 'bob');
});

test('a forgotten password, and a changed one', async (t) => {
  const house = await makeApp(t);
  const user = await makeUser(house);
  const asked = await ended((callbacks) => user.forgotPassword(callbacks));
  assert.equal(asked.with, 'inputVerificationCode');
  const { code } = await house.server.texts.next();
  await ended((callbacks) => user.confirmPassword(code, newPassword, callbacks));
  await assert.rejects(house.app.signIn(user, 'alice', password), { name: 'NotAuthorizedException' });
  await signIn(house.app, user, 'alice', newPassword);
  assert.equal(await answered((done) => user.changePassword(newPassword, password, done)), 'SUCCESS');
  await signIn(house.app, user);
});

test('a device is confirmed, remembered, and takes the place of the second factor', async (t) => {
  const house = await makeApp(t, {
    MfaConfiguration: 'ON', DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } });
  const user = await makeUser(house);
  assert.equal((await house.app.signIn(user, 'alice', password)).with, 'mfaRequired');
  const { code } = await house.server.texts.next();
  const end = await ended((callbacks) => user.sendMFACode(code, callbacks));
  assert.equal(end.with, 'onSuccess');
  assert.equal(end.args[1], true, 'the user is to be asked whether the device shall be remembered');
  await ended((callbacks) => user.setDeviceStatusRemembered(callbacks));
  const { args: [device] } = await ended((callbacks) => user.getDevice(callbacks));
  assert.match(device.Device.DeviceKey, /^us-east-1_[0-9a-f-]{36}$/);
  const { args: [devices] } = await ended((callbacks) => user.listDevices(10, null, callbacks));
  assert.equal(devices.Devices.length, 1);

  const texts = house.server.texts.all().length;
  const session = await signIn(house.app, house.app.user('alice'));
  assert.ok(session.isValid(), 'by DEVICE_SRP_AUTH, which the library answers itself');
  assert.equal(house.server.texts.all().length, texts, 'no code was sent');
  const refreshed = await answered((done) => user.refreshSession(session.getRefreshToken(), done));
  assert.ok(refreshed.isValid(), 'the library names the device');

  const elsewhere = new App(house.server, house.pool);
  assert.equal((await elsewhere.signIn(elsewhere.user('alice'), 'alice', password)).with, 'mfaRequired', 'another browser');
  await house.server.texts.next();
  await ended((callbacks) => user.forgetDevice(callbacks));
  assert.equal((await house.app.signIn(house.app.user('alice'), 'alice', password)).with, 'mfaRequired', 'forgotten');
});

test('attributes are changed, verified and deleted; the user goes', async (t) => {
  const house = await makeApp(t);
  const user = await makeUser(house);
  await signIn(house.app, user);
  const change = (name, value) => new CognitoUserAttribute({ Name: name, Value: value });
  await answered((done) => user.updateAttributes([change('nickname', 'Ali'), change('phone_number', '+14155550199')], done));
  assert.equal((await attributesOf(user)).phone_number_verified, 'false');
  const first = (await house.server.texts.next()).code;
  const asked = await ended((callbacks) => user.getAttributeVerificationCode('phone_number', callbacks));
  assert.equal(asked.with, 'inputVerificationCode');
  const { code } = await house.server.texts.next();
  if (first !== code) {
    await assert.rejects(ended((callbacks) => user.verifyAttribute('phone_number', first, callbacks)), { name: 'CodeMismatchException' });
  }
  await ended((callbacks) => user.verifyAttribute('phone_number', code, callbacks));
  assert.equal((await attributesOf(user)).phone_number_verified, 'true');
  await answered((done) => user.deleteAttributes(['nickname'], done));
  assert.equal((await attributesOf(user)).nickname, undefined);
  assert.equal(await answered((done) => user.deleteUser(done)), 'SUCCESS');
  await assert.rejects(house.app.signIn(house.app.user('alice'), 'alice', password), { name: /UserNotFound|NotAuthorized/ });
});
