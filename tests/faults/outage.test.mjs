// The database stops for a while. SYMBOLON_OUTAGE_SECONDS says for how long; else it is as short as the test can be.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { authorizeUrl, exchange, userInfo } from '../e2e/support/oauth.mjs';
import { startServer } from '../e2e/support/symbolon.mjs';
import { waitFor } from '../e2e/support/wait.mjs';
import { askToSignUp } from './support/api.mjs';
import { prepareLoad } from './support/load.mjs';
import { Postgres, databaseFlags } from './support/postgres.mjs';

const longestAnswer = 5000; // milliseconds, on a machine that is busy with other tests
const longestRecovery = 5000; // milliseconds
const mostMemory = 16 << 20; // bytes by which an outage that goes on may make the server grow
const crowd = 500;
const shortestOutage = 1.5; // seconds; what the server remembers of pools and clients is older then
const outage = Number(process.env.SYMBOLON_OUTAGE_SECONDS ?? shortestOutage);

function memoryOf(server) {
  return Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m)[1]) * 1024;
}

/** Every door says, in its own way, that it cannot now. */
async function checkDoors(server, pool, accessToken) {
  const api = await askToSignUp(server, pool, '+14155550199');
  assert.equal(api.status, 503);
  assert.equal((await api.json()).__type, 'InternalErrorException');
  for (const answer of [await exchange(server, pool, 'a-code'), await userInfo(server, pool, accessToken)]) {
    assert.equal(answer.status, 503);
    assert.equal((await answer.json()).error, 'temporarily_unavailable');
    assert.equal(answer.headers.get('retry-after'), '1');
  }
  for (const page of [`${server.url}/${pool.domain}/login?client_id=${pool.clientId}`, authorizeUrl(server, pool)]) {
    const answer = await fetch(page);
    assert.equal(answer.status, 503, page);
    assert.match(answer.headers.get('content-type'), /^text\/html/, page);
  }
  const ready = await fetch(`${server.url}/readyz`);
  assert.equal(ready.status, 503);
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
}

/** As many requests at once as would fill a queue that nobody empties. */
async function crowdIn(server, pool) {
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: crowd }, () => exchange(server, pool, 'a-code')));
  for (const answer of answers) assert.equal(answer.status, 503);
  return performance.now() - began;
}

for (const end of ['stop', 'crash']) {
  test(`a database that is gone (${end}) is told at once, and used again when it is back`, async (t) => {
    const postgres = await Postgres.start(t);
    postgres.createDatabase();
    const server = await startServer(t, { args: databaseFlags(postgres) });
    const load = await prepareLoad(t, server);
    let slowest = 0;
    load.events.on('refusal', (status, took) => (slowest = Math.max(slowest, took)));
    load.start(server);
    await load.untilAnswered(100);
    const [{ accessToken }] = load.record.links;

    await postgres.command(end);
    const gone = performance.now();
    const crowdTook = await crowdIn(server, load.pool);
    const memory = memoryOf(server);
    while (performance.now() < gone + outage * 1000) await once(load.events, 'refusal');
    await checkDoors(server, load.pool, accessToken);
    await crowdIn(server, load.pool);
    const grown = memoryOf(server) - memory;

    const starting = performance.now();
    const goesOn = load.firstWriteAfter(starting);
    await postgres.command('start');
    const started = performance.now();
    const back = await goesOn;
    await waitFor(async () => (await fetch(`${server.url}/readyz`)).status === 200, 'the server is ready again');
    await load.end();

    await load.takeRecord().check(server, load.pool);
    assert.deepEqual([...load.refusals.keys()], [503], 'every request was answered');
    assert.ok(slowest < longestAnswer, `a refusal took ${slowest} ms`);
    assert.ok(back - started < longestRecovery, `the first write came ${back - started} ms after the database`);
    assert.ok(grown < mostMemory, `the server's memory grew by ${grown} bytes`);
    t.diagnostic(`out for ${((starting - gone) / 1000).toFixed(1)} s: ${load.refused} requests of the load answered 503, ` +
      `the slowest after ${Math.round(slowest)} ms; ${crowd} at once within ${Math.round(crowdTook)} ms; ` +
      `memory ${grown < 0 ? '' : '+'}${(grown / (1 << 20)).toFixed(1)} MiB`);
    t.diagnostic(`first write ${Math.round(back - starting)} ms after the database was told to start, ` +
      `${Math.round(back - started)} ms after it took connections; ${load.summary()}; none lost, none spent twice`);
  });
}
