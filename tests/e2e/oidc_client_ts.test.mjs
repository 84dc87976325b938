// oidc-client-ts, by which single-page apps sign people in, in Chromium: the app is on another origin than the server, so
// that everything it does but the sign-in itself goes by CORS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { jane, poolWithJane, startWithPools } from './support/bootstrap.mjs';
import { openBrowser, scenario } from './support/browser.mjs';

const pool = 'us-east-1_OnePage01';
const library = readFileSync(fileURLToPath(new URL('node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', import.meta.url)));

/** One page for every address: it takes the answer that its address holds, and then says who is there. */
const pageOf = (app) => `<!doctype html><meta charset="utf-8"><title>The app</title><script src="/library.js"></script>
<p id="state">…</p><script>
  const manager = new oidc.UserManager({
    authority: '${app.authority}', client_id: 'onepageclient', scope: 'openid phone', redirect_uri: '${app.url}/cb',
    silent_redirect_uri: '${app.url}/silent', post_logout_redirect_uri: '${app.url}/bye', loadUserInfo: true,
  });
  const say = (text) => { document.getElementById('state').textContent = text; };
  (async () => {
    if (location.search.includes('state=')) await manager.signinCallback();
    const user = await manager.getUser();
    say(user ? user.profile.phone_number : 'nobody');
  })().catch((error) => say('failed: ' + error.message));
</script>`;

async function startApp(t) {
  const app = { authority: '' };
  const server = createServer((request, response) => {
    const script = request.url === '/library.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? library : pageOf(app));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  app.url = `http://127.0.0.1:${server.address().port}`;
  return app;
}

async function shows(page, text) {
  await page.waitForFunction((wanted) => document.getElementById('state')?.textContent === wanted, text);
}

test('a single-page app signs in, renews silently and signs out', async (t) => {
  const app = await startApp(t);
  const server = await startWithPools(t, [poolWithJane(pool, [{
    ClientId: 'onepageclient', CallbackURLs: [`${app.url}/cb`, `${app.url}/silent`], LogoutURLs: [`${app.url}/bye`],
    Extensions: { require_pkce: true },
  }], { Extensions: { strict_oidc: true } })]);
  app.authority = `${server.url}/${pool}`;
  const { page } = await openBrowser(t);
  await scenario(t, page, async () => {
    await page.goto(app.url);
    await shows(page, 'nobody');
    await page.evaluate(() => void manager.signinRedirect());
    await page.locator('input[name=username]').fill(jane.username);
    await page.locator('input[name=password]').fill(jane.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${app.url}/cb?**`);
    await shows(page, jane.username);  // from userInfo

    // With the refresh token, which is replaced, and then in a frame with prompt=none.
    const renewed = await page.evaluate(async () => {
      const before = await manager.getUser();
      const after = await manager.signinSilent();
      return { same: before.profile.sub === after.profile.sub, replaced: before.refresh_token !== after.refresh_token,
               fresh: before.access_token !== after.access_token };
    });
    assert.deepEqual(renewed, { same: true, replaced: true, fresh: true });
    const framed = await page.evaluate(async () => {
      const before = await manager.getUser();
      before.refresh_token = undefined;
      await manager.storeUser(before);
      const after = await manager.signinSilent();
      return { same: before.profile.sub === after.profile.sub, signedInAt: before.profile.auth_time === after.profile.auth_time };
    });
    assert.deepEqual(framed, { same: true, signedInAt: true });

    await page.evaluate(() => void manager.signoutRedirect());
    await page.waitForURL(`${app.url}/bye**`);
    await shows(page, 'nobody');
    const refused = await page.evaluate(() => manager.signinSilent().then(() => 'signed in', (error) => error.error));
    assert.equal(refused, 'login_required');
  });
});
