// amazon-cognito-identity-js without its callbacks: the library that web apps signed people in with for years, and that
// Amplify grew from.
import identity from 'amazon-cognito-identity-js';

export const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = identity;

/** What a browser would keep. */
class Store {
  #items = new Map();
  getItem(key) { return this.#items.get(key) ?? null; }
  setItem(key, value) { this.#items.set(key, value); }
  removeItem(key) { this.#items.delete(key); }
  clear() { this.#items.clear(); }
}

/** An app of a pool, in a browser of its own. */
export class App {
  constructor(server, pool) {
    this.store = new Store();
    this.pool = new CognitoUserPool({
      UserPoolId: pool.poolId, ClientId: pool.clientId, endpoint: server.url, Storage: this.store,
    });
  }

  user(username) {
    return new CognitoUser({ Username: username, Pool: this.pool, Storage: this.store });
  }

  signUp(username, password, attributes = {}) {
    const list = Object.entries(attributes).map(([Name, Value]) => new CognitoUserAttribute({ Name, Value }));
    return answered((done) => this.pool.signUp(username, password, list, [], done));
  }

  /** With SRP, as the library does it. Ends with onSuccess or with what is asked next. */
  signIn(user, username, password) {
    return ended((callbacks) => user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), callbacks));
  }
}

/** For calls that take `(error, result) => …`. */
export function answered(call) {
  return new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
}

const questions = ['mfaRequired', 'totpRequired', 'mfaSetup', 'newPasswordRequired', 'selectMFAType', 'customChallenge',
                   'inputVerificationCode', 'associateSecretCode'];

/** For calls that take an object of callbacks: which of them was called, and with what. */
export function ended(call) {
  return new Promise((resolve, reject) => {
    const callbacks = { onFailure: reject, onSuccess: (...args) => resolve({ with: 'onSuccess', args }) };
    for (const name of questions) callbacks[name] = (...args) => resolve({ with: name, args });
    call(callbacks);
  });
}
