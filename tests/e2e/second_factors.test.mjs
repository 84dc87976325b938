// A person whose account asks for a second factor sets up an authenticator app on the hosted pages, and signs in with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { openBrowser, scenario } from './support/browser.mjs';
import { authorizeUrl } from './support/oauth.mjs';
import { startServer } from './support/symbolon.mjs';
import { Authenticator } from './support/totp.mjs';
import { password, sdkClient } from './support/tutorial.mjs';

const Username = 'alice';

/** A pool that asks everybody for an authenticator app, and one who has none yet. */
async function makeAppPool(server) {
  const admin = sdkClient(server);
  const { UserPool } = await admin.send(new cognito.CreateUserPoolCommand({ PoolName: 'Account linking' }));
  const UserPoolId = UserPool.Id;
  await admin.send(new cognito.SetUserPoolMfaConfigCommand({
    UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }));
  await admin.send(new cognito.CreateUserPoolDomainCommand({ Domain: 'apps', UserPoolId }));
  const { UserPoolClient } = await admin.send(new cognito.CreateUserPoolClientCommand({
    UserPoolId, ClientName: 'Skill', GenerateSecret: true, SupportedIdentityProviders: ['COGNITO'],
    CallbackURLs: ['https://client.example/cb'], AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['phone', 'openid'],
    AllowedOAuthFlowsUserPoolClient: true }));
  await admin.send(new cognito.AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
  await admin.send(new cognito.AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }));
  return { admin, pool: { poolId: UserPoolId, clientId: UserPoolClient.ClientId, domain: 'apps' } };
}

async function openSignIn(t, server, pool) {
  const { page } = await openBrowser(t);
  await page.route('https://client.example/**', (route) => route.fulfill({ body: 'linked' }));
  await page.goto(authorizeUrl(server, pool));
  await page.locator('input[name=username]').fill(Username);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

async function picture(page, name) {
  if (process.env.SYMBOLON_PICTURES) await page.screenshot({ path: `${process.env.SYMBOLON_PICTURES}/${name}.png`, fullPage: true });
}

test('an authenticator app is set up on the hosted pages and asked for afterwards', async (t) => {
  const server = await startServer(t);
  const { admin, pool } = await makeAppPool(server);

  const page = await openSignIn(t, server, pool);
  let app;
  await scenario(t, page, async () => {
    await page.waitForURL(/\/mfa\/register\?/);
    const square = await page.locator('svg.qr').boundingBox();
    assert.ok(square.width > 150 && Math.abs(square.width - square.height) < 2, JSON.stringify(square));
    app = new Authenticator((await page.locator('.secret').innerText()).replaceAll(' ', ''));
    await picture(page, 'register');
    await page.locator('input[name=code]').fill(app.code());
    await page.locator('input[name=device_name]').fill('My phone');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.waitForURL(/^https:\/\/client\.example\/cb\?code=/);
  });
  const user = await admin.send(new cognito.AdminGetUserCommand({ UserPoolId: pool.poolId, Username }));
  assert.deepEqual(user.UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);

  const again = await openSignIn(t, server, pool);
  await scenario(t, again, async () => {
    await again.waitForURL(/\/mfa\?/);
    await again.getByText('My phone').waitFor();
    await picture(again, 'code');
    await again.locator('input[name=code]').fill(app.code());
    await again.getByRole('button', { name: 'Continue' }).click();
    await again.waitForURL(/^https:\/\/client\.example\/cb\?code=/);
  });
});
