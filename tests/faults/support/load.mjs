// Many clients at once: people who sign up, links that are made, used and revoked, codes that two want to spend, and apps
// whose refresh tokens are exchanged for new ones. What they are answered is recorded.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Visitor, authorizeUrl, exchange, refresh, revoke, signInByPages } from '../../e2e/support/oauth.mjs';
import { makePool, makeRotatingClient, sdkClient, signUp } from '../../e2e/support/tutorial.mjs';
import { askToSignUp } from './api.mjs';
import { Record } from './record.mjs';

const resident = '+14155550123';
const pauseAfterRefusal = 20; // milliseconds; what a client does that was told to come again

/** Of strangers all over the country: texts to neighbouring numbers are bounded. */
function strangersNumber(index) {
  return `+1${201 + (index % 700)}555${1000 + Math.floor(index / 700)}`;
}

/** A browser is told that the server cannot on a page of its own. */
function statusOf(answer) {
  return answer.headers.get('location')?.includes('error=temporarily_unavailable') ? 503 : answer.status;
}

/** The tutorial's pool, and a load on it of eleven clients, which ends with the test `t`. */
export async function prepareLoad(t, server) {
  const client = sdkClient(server);
  const pool = await makePool(client);
  await signUp(client, server, pool, resident);
  const visitor = new Visitor();
  await signInByPages(server, pool, resident, visitor);
  const load = new Load(pool, await makeRotatingClient(client, pool), visitor);
  t.after(() => (load.ending = true));
  return load;
}

export class Load {
  /** `visitor` is a browser in which somebody is signed in: it gets codes without being asked for anything. */
  constructor(pool, rotating, visitor) {
    this.pool = pool;
    this.rotating = rotating; // the same pool, by a client whose refresh tokens are used once
    this.visitor = visitor;
    this.record = new Record();
    this.answers = { signUps: 0, exchanges: 0, refreshes: 0, rotations: 0, revocations: 0, replays: 0 };
    this.refusals = new Map(); // status, or 'none' when there was no answer → how many
    this.events = new EventEmitter();
    this.phones = 0;
  }

  start(server) {
    this.server = server;
    this.ending = false;
    const clients = [this.#signUp, this.#signUp, this.#signUp, this.#link, this.#link, this.#link, this.#link,
      this.#contest, this.#contest];
    const apps = this.apps ??= [{}, {}];
    this.running = Promise.all([...clients.map((act) => this.#repeat(act)),
      ...apps.map((app) => this.#repeat(() => this.#rotate(app)))]);
  }

  /** Lets every client end what it has begun. */
  end() {
    this.ending = true;
    return this.running;
  }

  /** What has been recorded since this was asked last. */
  takeRecord() {
    const record = this.record;
    this.record = new Record();
    return record;
  }

  get refused() {
    return [...this.refusals.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Returns when so many more were answered, of one kind or of any. */
  untilAnswered(count, kind) {
    return this.#until('answer', count, (answered) => !kind || answered === kind);
  }

  /** Returns when so many more were refused. */
  untilRefused(count) {
    return this.#until('refusal', count, () => true);
  }

  /** When a write was answered that was asked for later than `moment`. */
  firstWriteAfter(moment) {
    return this.#until('answer', 1, (kind, asked) => kind !== 'refreshes' && asked > moment);
  }

  summary() {
    const { signUps, exchanges, refreshes, rotations, revocations, replays } = this.answers;
    return `${signUps} sign-ups, ${exchanges} exchanges, ${refreshes} refreshes, ${rotations} rotations, ` +
      `${revocations} revocations answered, ${replays} replays refused`;
  }

  #until(event, count, fits) {
    return new Promise((resolve) => {
      const look = (...happened) => {
        if (!fits(...happened) || --count > 0) return;
        this.events.off(event, look);
        resolve(performance.now());
      };
      this.events.on(event, look);
    });
  }

  async #repeat(act) {
    while (!this.ending) await act.call(this);
  }

  /** The answer to a request, its body read; null when there is none or when it says that the server cannot. */
  async #ask(kind, request) {
    const asked = performance.now();
    let status = 'none';
    try {
      const answer = await request();
      const text = await answer.text();
      status = statusOf(answer);
      if (status < 500) {
        if (kind && status === 200) {
          this.answers[kind]++;
          this.events.emit('answer', kind, asked);
        }
        return { status, text, location: answer.headers.get('location') };
      }
    } catch (error) {
      // fetch() has one type for all that goes wrong on the way; a visitor wraps it.
      if (![error, error.cause].some((one) => one?.name === 'TypeError')) throw error;
    }
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
    this.events.emit('refusal', status, performance.now() - asked);
    if (!this.ending) await pause(pauseAfterRefusal);
    return null;
  }

  async #signUp() {
    const phone = strangersNumber(this.phones++);
    const answer = await this.#ask('signUps', () => askToSignUp(this.server, this.pool, phone));
    if (!answer) return;
    assert.equal(answer.status, 200, answer.text);
    this.record.signUps.push(phone);
  }

  /** A link is made and used; every second one is revoked. */
  async #link() {
    const code = await this.#code();
    if (!code) return;
    const made = await this.#ask('exchanges', () => exchange(this.server, this.pool, code));
    if (!made) {
      this.record.codes.set(code, 0);
      return;
    }
    assert.equal(made.status, 200, made.text);
    const tokens = JSON.parse(made.text);
    const link = { refreshToken: tokens.refresh_token, accessToken: tokens.access_token };
    this.record.links.add(link);
    const refreshed = await this.#ask('refreshes', () => refresh(this.server, this.pool, link.refreshToken));
    if (refreshed) assert.equal(refreshed.status, 200, refreshed.text);
    if (this.answers.exchanges % 2 === 0 || this.ending) return;
    this.record.links.delete(link);
    const revoked = await this.#ask('revocations', () => revoke(this.server, this.pool, link.refreshToken));
    if (!revoked) return;
    assert.equal(revoked.status, 200, revoked.text);
    this.record.revoked.push(link);
  }

  /** Two spend the same code at once. */
  async #contest() {
    const code = await this.#code();
    if (!code) return;
    const spend = () => this.#ask('exchanges', () => exchange(this.server, this.pool, code));
    const answers = (await Promise.all([spend(), spend()])).filter(Boolean);
    const wins = answers.filter(({ status }) => status === 200).length;
    for (const { status, text } of answers) assert.ok(status === 200 || status === 400, text);
    this.answers.replays += answers.length - wins;
    if (answers.length === 2) assert.equal(wins, 1, 'two exchanges of one code');
    this.record.codes.set(code, wins);
  }

  /** An app refreshes twice at once with the token that it has, and again after it got no answer: all that are answered
   *  get the same next token, and the app stays linked whatever happens. */
  async #rotate(app) {
    if (!app.token) {
      const code = await this.#code(this.rotating);
      const made = code && await this.#ask('exchanges', () => exchange(this.server, this.rotating, code));
      if (made) app.token = JSON.parse(made.text).refresh_token;
      return;
    }
    const ask = () => this.#ask('rotations', () => refresh(this.server, this.rotating, app.token));
    const answers = (await Promise.all([ask(), ask()])).filter(Boolean);
    for (const { status, text } of answers) assert.equal(status, 200, text);
    const next = new Set(answers.map(({ text }) => JSON.parse(text).refresh_token));
    assert.ok(next.size <= 1, 'a refresh token was spent twice');
    for (const token of next) {
      assert.notEqual(token, app.token);
      app.token = token;
    }
  }

  /** An authorization code, as the browser of somebody who is signed in gets it. */
  async #code(pool = this.pool) {
    const answer = await this.#ask(null, () => this.visitor.fetch(authorizeUrl(this.server, pool)));
    if (!answer) return null;
    assert.equal(answer.status, 302, answer.text);
    const code = new URL(answer.location).searchParams.get('code');
    assert.ok(code, answer.location);
    return code;
  }
}
