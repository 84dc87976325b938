// The JSON API without the SDK, which costs more than the server does.
import { password, secretHash } from '../../e2e/support/tutorial.mjs';

/** An operation that needs no signature. */
export function call(server, operation, body) {
  return fetch(server.url + '/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
}

export function askToSignUp(server, pool, phone) {
  return call(server, 'SignUp', {
    ClientId: pool.clientId, Username: phone, Password: password, SecretHash: secretHash(pool, phone) });
}
