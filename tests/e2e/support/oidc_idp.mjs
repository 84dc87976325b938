// An independent OpenID Provider (npm: oidc-provider) in the test's process, with its development pages.
import http from 'node:http';
import { Provider } from 'oidc-provider';
import { whenEnded } from './symbolon.mjs';
import { Visitor } from './oauth.mjs';

/** Starts it for one client; `claims` is what it says of its people. */
export async function startOidcProvider(t, { redirectUri, claims, clientSecret }) {
  let handle;
  const listener = http.createServer((request, response) => handle(request, response));
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  whenEnded(t, () => listener.close());
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'symbolon', client_secret: clientSecret, redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_post',
    }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['for tests'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...claims }) }),
  });
  handle = provider.callback();
  return { issuer, provider };
}

/** A person at the provider's own pages: signs in, allows, and is sent back. Returns where to. */
export async function signInAtProvider(issuer, url, login) {
  const visitor = new Visitor();
  const forms = [{ prompt: 'login', login, password: 'any' }, { prompt: 'consent' }];
  let answer = await visitor.fetch(url);
  for (let step = 0; step < 12; ++step) {
    const at = url;
    if (answer.status >= 300 && answer.status < 400) {
      url = new URL(answer.headers.get('location'), at).href;
      if (!url.startsWith(issuer)) return url;
      answer = await visitor.fetch(url);
      continue;
    }
    answer = await visitor.fetch(url, { method: 'POST', body: new URLSearchParams(forms.shift()) });
  }
  throw new Error(`the provider does not send the person back; at ${url}: ${answer.status}`);
}
