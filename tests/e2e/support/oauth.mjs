// The hosted pages and the domain endpoints without a browser, as script clients use them.
import { password } from './tutorial.mjs';

/** What does not answer within this fails there and then, with its address, and not the whole file at its limit. */
const longestWait = 60_000;

/** A cookie jar for one site. */
export class Visitor {
  constructor() {
    this.cookies = new Map();
  }

  async fetch(url, options = {}) {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(longestWait), ...options, redirect: 'manual',
      headers: { ...options.headers, cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    }).catch((error) => {
      throw new Error(`No answer from ${url}: ${error.message}`, { cause: error });
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/max-age=0|1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** Loads a page and posts its form with `fields`. */
  async submit(url, fields, { token } = {}) {
    const page = await (await this.fetch(url)).text();
    const csrf = token ?? page.match(/name="_csrf" value="([^"]*)"/)?.[1] ?? '';
    return this.fetch(url, { method: 'POST', body: new URLSearchParams({ _csrf: csrf, cognitoAsfData: '', ...fields }) });
  }
}

export function authorizeUrl(server, pool, more = {}) {
  const query = new URLSearchParams({
    client_id: pool.clientId, response_type: 'code', redirect_uri: 'https://client.example/cb', scope: 'openid phone',
    state: 'state-1', ...more,
  });
  return `${server.url}/${pool.domain}/oauth2/authorize?${query}`;
}

/** Signs in by the pages; the location that ends it. */
export async function signInByPages(server, pool, phone, visitor = new Visitor(), more = {}) {
  const toLogin = await visitor.fetch(authorizeUrl(server, pool, more));
  const toCode = await visitor.submit(toLogin.headers.get('location'), { username: phone, password });
  const { code } = await server.texts.next();
  const done = await visitor.submit(toCode.headers.get('location'), { code });
  return new URL(done.headers.get('location'));
}

export async function authorizationCode(server, pool, phone) {
  const location = await signInByPages(server, pool, phone);
  return location.searchParams.get('code');
}

/** Posts a form to an endpoint of the domain as its client. */
function postAsClient(server, pool, endpoint, fields, secret = pool.clientSecret) {
  return fetch(`${server.url}/${pool.domain}/oauth2/${endpoint}`, {
    method: 'POST',
    headers: { authorization: 'Basic ' + Buffer.from(`${pool.clientId}:${secret}`).toString('base64') },
    body: new URLSearchParams(fields),
  });
}

export function exchange(server, pool, code, more = {}, secret = pool.clientSecret) {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: 'https://client.example/cb', ...more };
  return postAsClient(server, pool, 'token', fields, secret);
}

export function refresh(server, pool, refreshToken) {
  return postAsClient(server, pool, 'token', { grant_type: 'refresh_token', refresh_token: refreshToken });
}

export function revoke(server, pool, refreshToken) {
  return postAsClient(server, pool, 'revoke', { token: refreshToken });
}

export function userInfo(server, pool, accessToken) {
  return fetch(`${server.url}/${pool.domain}/oauth2/userInfo`, { headers: { authorization: `Bearer ${accessToken}` } });
}
