// kill -9 in the middle of sign-ups: after a restart every answered one is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from './support/symbolon.mjs';
import { getUser, makePool, password, sdkClient, secretHash } from './support/tutorial.mjs';
import { waitFor } from './support/wait.mjs';

const rounds = 3;

test('every answered sign-up survives kill -9', async (t) => {
  let server = await startServer(t);
  const pool = await makePool(sdkClient(server));
  const answered = [];
  let next = 0;

  const signUpUntilKilled = async (client) => {
    for (;;) {
      const phone = '+1415555' + String(1000 + next++).padStart(4, '0');
      try {
        await client.send(new cognito.SignUpCommand({
          ClientId: pool.clientId, Username: phone, Password: password, SecretHash: secretHash(pool, phone) }));
        answered.push(phone);
      } catch {
        return;
      }
    }
  };

  for (let round = 0; round < rounds; round++) {
    const before = answered.length;
    const client = sdkClient(server);
    const workers = Array.from({ length: 4 }, () => signUpUntilKilled(client));
    await waitFor(() => answered.length >= before + 6, 'some sign-ups are answered');
    await server.stop('SIGKILL');
    await Promise.all(workers);
    server = await startServer(t, { folder: server.folder });
  }

  const client = sdkClient(server);
  for (const phone of answered) {
    assert.equal((await getUser(client, pool, phone)).UserStatus, 'UNCONFIRMED', phone);
  }
  t.diagnostic(`${answered.length} answered sign-ups, none lost over ${rounds} kills`);
});

test('SIGTERM drains and ends with 0', async (t) => {
  const server = await startServer(t);
  await makePool(sdkClient(server));
  assert.deepEqual(await server.stop('SIGTERM'), { code: 0, signal: null });
});
