// What clients were answered, to be held against what the server knows later.
import assert from 'node:assert/strict';
import { exchange, refresh, userInfo } from '../../e2e/support/oauth.mjs';
import { getUser, sdkClient } from '../../e2e/support/tutorial.mjs';

export class Record {
  constructor() {
    this.signUps = []; // phone numbers
    this.codes = new Map(); // code → how many exchanges of it were answered with tokens
    this.links = new Set(); // the tokens of answered exchanges, while nobody has asked to revoke them
    this.revoked = []; // tokens whose revocation was answered
  }

  /** Takes over all that another record says. */
  add(other) {
    this.signUps.push(...other.signUps);
    this.revoked.push(...other.revoked);
    for (const [code, times] of other.codes) this.codes.set(code, times);
    for (const link of other.links) this.links.add(link);
  }

  /** Fails unless the server knows all of it, and lets no code be spent a second time. */
  async check(server, pool) {
    const client = sdkClient(server);
    for (const phone of this.signUps) assert.equal((await getUser(client, pool, phone)).UserStatus, 'UNCONFIRMED', phone);
    for (const code of this.codes.keys()) await this.#checkCode(server, pool, code);
    for (const { refreshToken, accessToken } of this.links) {
      assert.equal((await refresh(server, pool, refreshToken)).status, 200, 'a link that was answered is lost');
      assert.equal((await userInfo(server, pool, accessToken)).status, 200, 'an access token is lost');
    }
    for (const { refreshToken, accessToken } of this.revoked) {
      await assertRefused(await refresh(server, pool, refreshToken), 'a revoked refresh token works');
      assert.equal((await userInfo(server, pool, accessToken)).status, 401, 'a revoked access token works');
    }
  }

  /** Two more tries: an exchange that nobody answered may stand or not, so that the first may still be the right one. */
  async #checkCode(server, pool, code) {
    for (let attempt = 0; attempt < 2; attempt++) {
      const answer = await exchange(server, pool, code);
      if (answer.status === 200) this.codes.set(code, this.codes.get(code) + 1);
      else await assertRefused(answer, 'a code is neither taken nor refused');
    }
    assert.ok(this.codes.get(code) <= 1, 'a code is spent twice');
  }
}

async function assertRefused(answer, message) {
  assert.equal(answer.status, 400, message);
  assert.equal((await answer.json()).error, 'invalid_grant', message);
}
