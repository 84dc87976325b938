// A server that begins with the pools of a test: what an operator would put into a --bootstrap file.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, temporaryFolder } from './symbolon.mjs';

/** The person of these pools. */
export const jane = { username: '+14155550123', password: 'Correct-Horse-7' };

/** A pool with Jane in it. `pool` and `clients` are members of the file; clients are of the code flow unless they say
 *  otherwise. */
export function poolWithJane(id, clients, pool = {}) {
  return {
    Id: id, PoolName: 'e2e', UsernameAttributes: ['phone_number'], AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }, ...pool,
    Clients: clients.map((client) => ({
      ClientName: client.ClientId, SupportedIdentityProviders: ['COGNITO'], AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'phone'], ...client,
    })),
    Users: [{
      Username: jane.username, Password: jane.password, Confirmed: true,
      UserAttributes: [{ Name: 'phone_number', Value: jane.username }, { Name: 'phone_number_verified', Value: 'true' }],
    }],
  };
}

/** Starts a server with these pools. */
export async function startWithPools(t, pools, { args = [], ...options } = {}) {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'pools.json');
  writeFileSync(file, JSON.stringify({ UserPools: pools }));
  return startServer(t, { folder, args: ['--bootstrap', file, ...args], ...options });
}

/** A client's own ES256 key, and what of it is registered. */
export async function makeClientKey(kid) {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { key: pair.privateKey, kid, jwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } };
}
