// SQLite has no room to write.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { Visitor, authorizeUrl, refresh } from '../e2e/support/oauth.mjs';
import { startServer, temporaryFolder } from '../e2e/support/symbolon.mjs';
import { password } from '../e2e/support/tutorial.mjs';
import { prepareLoad } from './support/load.mjs';
import { FileSizeLimit, FullFileSystem } from './support/small_disk.mjs';

const refusals = 30;

// Python's SQLite, since the database's collation is one that the command sqlite3 does not have.
const checker = `
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.create_collation("C", lambda a, b: (a.encode() > b.encode()) - (a.encode() < b.encode()))
print(*(row[0] for row in database.execute("PRAGMA integrity_check")))`;

function integrity(server) {
  return execFileSync('python3', ['-c', checker, path.join(server.data, 'symbolon.db')], { encoding: 'utf8' }).trim();
}

/** The page of the door for people says it, too. */
async function checkPage(server, pool) {
  const visitor = new Visitor();
  const login = (await visitor.fetch(authorizeUrl(server, pool))).headers.get('location');
  const answer = await visitor.submit(login, { username: '+14155550123', password });
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /try again in a moment/);
}

async function runOutOfRoom(t, Disk) {
  const folder = temporaryFolder(t);
  const disk = new Disk(t, path.join(folder, 'data'));
  const server = await startServer(t, { folder });
  const load = await prepareLoad(t, server);
  load.start(server);
  await load.untilAnswered(100);
  disk.fill(server);
  await load.untilRefused(refusals);
  await checkPage(server, load.pool);
  await load.end();
  assert.deepEqual([...load.refusals.keys()], [503], 'a full disk looked like one');
  const [link] = load.record.links;
  assert.equal((await refresh(server, load.pool, link.refreshToken)).status, 200, 'what only reads goes on');
  assert.equal(integrity(server), 'ok', 'while there is no room');

  disk.makeRoom(server);
  load.start(server);
  await load.untilAnswered(100);
  await load.end();
  await load.takeRecord().check(server, load.pool);
  assert.equal(integrity(server), 'ok', 'in use');
  assert.deepEqual(await server.stop('SIGTERM'), { code: 0, signal: null });
  assert.equal(integrity(server), 'ok', 'at rest');
  t.diagnostic(`${load.summary()}, ${load.refused} answered 503 without room; none lost, none spent twice, no damage`);
}

test('a full file system', { skip: !FullFileSystem.isPossible() && 'only an administrator can mount one' }, (t) =>
  runOutOfRoom(t, FullFileSystem));
test('a limit for the size of files', (t) => runOutOfRoom(t, FileSizeLimit));
