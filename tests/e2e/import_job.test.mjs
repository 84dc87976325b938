// Users from a CSV file by the API: the file is PUT to the address that the job has, and the job survives what happens to
// the server, with every row counted once.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from './support/symbolon.mjs';
import { makePool, sdkClient } from './support/tutorial.mjs';

// Enough to be caught in the middle. A step takes a hundred rows at least, and rests nine times as long as it took: on a
// machine that is busy with other tests each of them costs seconds.
const rows = 1500;
const phone = (i) => '+1415555' + String(i).padStart(4, '0');
const role = 'arn:aws:iam::000000000000:role/logs';

function csv(header, { broken = 0 } = {}) {
  const row = (i) => header
    .map((name) => ({ 'cognito:username': phone(i), 'cognito:mfa_enabled': 'true', phone_number_verified: 'TRUE' })[name] ?? '')
    .join(',');
  const lines = Array.from({ length: rows }, (_, i) => row(i));
  for (let i = 0; i < broken; i++) lines.push('nobody' + ','.repeat(header.length - 1));
  return [header.join(','), ...lines, ''].join('\n');
}

class Job {
  constructor(server, pool) {
    this.pool = pool;
    this.use(server);
  }

  use(server) {
    this.server = server;
    this.client = sdkClient(server);
  }

  async send(command, more = {}) {
    return this.client.send(new command({ UserPoolId: this.pool.poolId, ...more }));
  }

  async create() {
    const { CSVHeader } = await this.send(cognito.GetCSVHeaderCommand);
    this.header = CSVHeader;
    const { UserImportJob } = await this.send(cognito.CreateUserImportJobCommand, {
      JobName: 'from elsewhere', CloudWatchLogsRoleArn: role,
    });
    this.id = UserImportJob.JobId;
    this.url = UserImportJob.PreSignedUrl;
    assert.equal(UserImportJob.Status, 'Created');
  }

  /** As `curl -T` does, with the header that the service asks for. */
  put(body) {
    return fetch(this.url, { method: 'PUT', body, headers: { 'x-amz-server-side-encryption': 'aws:kms' } });
  }

  async start() {
    const { UserImportJob } = await this.send(cognito.StartUserImportJobCommand, { JobId: this.id });
    assert.equal(UserImportJob.Status, 'Pending');
  }

  async describe() {
    return (await this.send(cognito.DescribeUserImportJobCommand, { JobId: this.id })).UserImportJob;
  }

  /** Polls, as a client would. A server that died is missed for a minute. */
  async until(condition, what) {
    const end = performance.now() + 200_000;
    for (;;) {
      const job = await this.describe();
      if (condition(job)) return job;
      assert.ok(performance.now() < end, `in vain: ${what}: ${JSON.stringify(job)}`);
      await sleep(20);
    }
  }

  inTheMiddle() {
    return this.until((job) => job.ImportedUsers > 0 || job.CompletionDate, 'it is in the middle');
  }

  ended() {
    return this.until((job) => job.CompletionDate, 'it ends');
  }
}

async function startedJob(t, options) {
  const server = await startServer(t, { logLevel: 'info' });
  const job = new Job(server, await makePool(sdkClient(server)));
  await job.create();
  assert.equal((await job.put(csv(job.header, options))).status, 200);
  await job.start();
  return job;
}

/** Ends the server with a signal and starts it again on what it left. */
async function restart(t, job, signal) {
  await job.server.stop(signal);
  job.use(await startServer(t, { folder: job.server.folder, logLevel: 'info' }));
}

async function countUsers(job) {
  const { UserPool } = await job.send(cognito.DescribeUserPoolCommand);
  return UserPool.EstimatedNumberOfUsers;
}

test('an import goes on after the server was restarted', async (t) => {
  const job = await startedJob(t, { broken: 3 });
  const before = await job.inTheMiddle();
  assert.ok(before.ImportedUsers < rows, 'it was restarted in the middle');
  await restart(t, job, 'SIGTERM');
  const done = await job.ended();
  assert.equal(done.Status, 'Succeeded', done.CompletionMessage);
  assert.deepEqual([done.ImportedUsers, done.SkippedUsers, done.FailedUsers], [rows, 0, 3]);
  const user = await job.send(cognito.AdminGetUserCommand, { Username: phone(rows - 1) });
  assert.equal(user.UserStatus, 'RESET_REQUIRED');
  const log = job.server.log();
  assert.match(log, /import_row.*\[FAILED\] Line Number \d+ - /);
  assert.doesNotMatch(log, /nobody|\+1415555/, 'the log says which line, not who');
});

test('an import goes on after kill -9, with every row counted once', async (t) => {
  const job = await startedJob(t);
  await job.inTheMiddle();
  await restart(t, job, 'SIGKILL');
  const done = await job.ended();
  assert.equal(done.Status, 'Succeeded', done.CompletionMessage);
  assert.deepEqual([done.ImportedUsers, done.SkippedUsers, done.FailedUsers], [rows, 0, 0]);
  const estimate = await countUsers(job);
  assert.ok(Math.abs(estimate - rows) < rows / 5, `about ${estimate} users`);
});

test('an import is stopped in the middle, and its pool is left alone until then', async (t) => {
  const job = await startedJob(t);
  await job.inTheMiddle();
  const settings = {
    AutoVerifiedAttributes: ['phone_number'], MfaConfiguration: 'ON',
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
  };
  await assert.rejects(job.send(cognito.UpdateUserPoolCommand, settings), { name: 'UserImportInProgressException' });
  await job.send(cognito.StopUserImportJobCommand, { JobId: job.id });
  const done = await job.ended();
  assert.equal(done.Status, 'Stopped');
  assert.ok(done.ImportedUsers > 0 && done.ImportedUsers < rows, `${done.ImportedUsers} users`);
});

test('a file goes to its job alone, and is as large as the service allows', async (t) => {
  const server = await startServer(t);
  const job = new Job(server, await makePool(sdkClient(server)));
  await job.create();
  const other = new Job(server, job.pool);
  await other.create();
  const token = new URL(job.url).search;
  assert.equal((await fetch(other.url.split('?')[0] + token, { method: 'PUT', body: 'x' })).status, 403);
  assert.equal((await fetch(job.url.split('?')[0], { method: 'PUT', body: 'x' })).status, 404);
  const large = Buffer.alloc(30 * 1024 * 1024, 'a,b\n');
  assert.equal((await job.put(large)).status, 200);
  const status = await fetch(job.url.split('?')[0] + '?token=x', { method: 'PUT', body: large })
    .then((answer) => answer.status, () => 'refused');
  assert.ok(status === 413 || status === 'refused', `without the token the body is not read: ${status}`);
});
