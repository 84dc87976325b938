// The primary dies with everything that runs on it, and its synchronous standby takes over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../e2e/support/symbolon.mjs';
import { waitFor } from '../e2e/support/wait.mjs';
import { prepareLoad } from './support/load.mjs';
import { Postgres, databaseFlags } from './support/postgres.mjs';

const fewestCommits = 3; // that are under way when the primary dies

/** A primary whose commits wait for its standby. */
async function startPair(t) {
  const primary = await Postgres.start(t);
  primary.createDatabase();
  const standby = await Postgres.start(t, primary);
  // Not before the copy: the standby would have it too, and wait for a standby of its own once it is promoted.
  primary.sql(`ALTER SYSTEM SET synchronous_standby_names = '*'`);
  primary.sql('SELECT pg_reload_conf()');
  await waitFor(() => primary.sql('SELECT sync_state FROM pg_stat_replication') === 'sync', 'commits wait for the standby');
  return { primary, standby };
}

/** Has the standby take no more from its primary, until the returned function is called. */
function holdUp(standby) {
  const receiver = Number(standby.sql('SELECT pid FROM pg_stat_wal_receiver'));
  process.kill(receiver, 'SIGSTOP');
  return () => process.kill(receiver, 'SIGCONT');
}

const waitingCommits = `SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;

test('a promoted standby has all that was answered, and writes go on', async (t) => {
  const { primary, standby } = await startPair(t);
  const server = await startServer(t, { args: databaseFlags(primary, standby) });
  const load = await prepareLoad(t, server);
  load.start(server);
  await load.untilAnswered(200);

  // So that the crash meets commits that the standby has not confirmed: they must not have been answered.
  const goOn = holdUp(standby);
  await waitFor(() => Number(primary.sql(waitingCommits)) >= fewestCommits, 'commits wait');
  await primary.command('crash');
  goOn();
  const crashed = performance.now();
  const goesOn = load.firstWriteAfter(crashed);
  assert.equal(standby.sql('SELECT pg_promote()'), 't');
  const promoted = performance.now();
  const back = await goesOn;
  await load.untilAnswered(100);
  await load.end();

  const record = load.takeRecord();
  await record.check(server, load.pool);
  assert.deepEqual([...load.refusals.keys()], [503], 'the outage looked like one');
  t.diagnostic(`writes went on ${Math.round(back - crashed)} ms after the crash, ` +
    `${Math.round(back - promoted)} ms after the promotion, which took ${Math.round(promoted - crashed)} ms`);
  t.diagnostic(`${load.summary()}, ${load.refused} answered 503 meanwhile; none lost, none spent twice`);
});
