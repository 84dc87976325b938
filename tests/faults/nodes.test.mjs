// Two processes on one PostgreSQL behind a proxy, and one of them is killed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { startServer } from '../e2e/support/symbolon.mjs';
import { prepareLoad } from './support/load.mjs';
import { Proxy } from './support/proxy.mjs';

test('a killed node takes nothing with it but the requests that it was at', async (t) => {
  const proxy = await Proxy.start(t);
  const args = ['--base-url', proxy.url];
  const first = await startServer(t, { args });
  const second = await startServer(t, { args, folder: first.folder });
  const survivor = proxy.add(first.url);
  const victim = proxy.add(second.url);
  const site = { ...first, url: proxy.url };
  const load = await prepareLoad(t, site);
  load.start(site);
  await load.untilAnswered(200);

  while (victim.open < 3) await once(load.events, 'answer');
  await second.stop('SIGKILL');
  const killed = performance.now();
  await load.untilAnswered(200);
  await load.end();

  await load.takeRecord().check(site, load.pool);
  assert.ok(victim.passed > 50 && survivor.passed > 50, 'both had served');
  const inFlight = victim.broken.length;
  assert.ok(inFlight > 0, 'the victim was at work');
  assert.ok(victim.broken.every((began) => began < killed), 'the dead have no work');
  assert.deepEqual(survivor.broken, []);
  assert.ok(load.refused <= inFlight, `${load.refused} failed, ${inFlight} were in flight on the victim`);
  assert.ok([...load.refusals.keys()].every((status) => status === 502), 'the proxy had no answer to pass on');
  t.diagnostic(`${survivor.passed + victim.passed} requests answered, ${inFlight} in flight on the killed node: ` +
    `${load.refused} of them failed, ${inFlight - load.refused} were repeated on the other node; 0 other failures`);
  t.diagnostic(`${load.summary()}; none lost, none spent twice`);
});
