// kill -9 of the server in the middle of everything, fifty times.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../e2e/support/symbolon.mjs';
import { prepareLoad } from './support/load.mjs';
import { Record } from './support/record.mjs';

const kills = 50;

test('fifty kills lose nothing that was answered and let nothing be spent twice', async (t) => {
  let server = await startServer(t);
  const { folder } = server;
  const listen = new URL(server.url).host;
  const load = await prepareLoad(t, server);
  const all = new Record();
  for (let kill = 0; kill < kills; kill++) {
    load.start(server);
    // Not by time: on a slow machine that would be before the first answer. The numbers differ, so that the moments do.
    await load.untilAnswered(1 + kill % 4, 'signUps');
    await load.untilAnswered(1 + (kill * 7) % 19);
    const ended = load.end();
    await server.stop('SIGKILL');
    await ended;
    server = await startServer(t, { folder, listen });
    const record = load.takeRecord();
    await record.check(server, load.pool);
    all.add(record);
  }
  await all.check(server, load.pool);
  assert.ok(load.refused >= kills, 'the kills hit requests that were under way');
  assert.deepEqual([...load.refusals.keys()], ['none'], 'nothing was refused otherwise');
  t.diagnostic(`${kills} kills: ${load.summary()}, ${load.refused} requests without an answer; none lost, none spent twice`);
});
