// The assistant against a skill of the voice platform's own SDK for Node, with both of that SDK's verifiers on: what the
// assistant signs is what the platform signs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start, temporaryFolder, whenEnded } from './support/symbolon.mjs';
import { waitFor } from './support/wait.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const speech = 'One coffee for you.';

/** `symbolon assistant` under the names that the SDK insists on, and its REST API. */
async function startAssistant(t) {
  const folder = temporaryFolder(t);
  const data = path.join(folder, 'data');
  const running = await start(
    t, ['assistant', '--data', data, '--listen', '127.0.0.1:0', '--log-level', 'warning',
        '--certificate-name', 'echo-api.amazon.com', '--chain-url', 'https://s3.amazonaws.com/echo.api/assistant-cert.pem'],
    1, folder);
  const url = running.urls[0];
  const authorization = `Bearer ${readFileSync(path.join(data, 'assistant.token'), 'utf8').trim()}`;
  const rest = async (method, target, body) => {
    const answer = await fetch(url + target, {
      method, headers: { authorization, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${method} ${target}: ${answer.status} ${await answer.clone().text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  };
  const chain = path.join(folder, 'chain.pem');
  writeFileSync(chain, await (await fetch(`${url}/echo.api/assistant-cert.pem`)).text());
  const root = path.join(folder, 'root.pem');
  writeFileSync(root, readFileSync(chain, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g).at(-1));
  return { rest, chain, root };
}

/** The skill, which believes that the chain lies where the platform publishes and trusts the root. */
async function startSkill(t, skillId, { chain, root }) {
  const child = spawn(process.execPath, [path.join(here, 'support', 'ask_sdk_skill.cjs'), path.join(here, 'node_modules'),
    chain, root, skillId, speech], { stdio: ['ignore', 'pipe', 'pipe'] });
  whenEnded(t, () => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  await waitFor(() => /listening on (\S+)/.test(output), 'the skill listens');
  return output.match(/listening on (\S+)/)[1];
}

const manifest = (endpoint) => ({ manifest: { manifestVersion: '1.0',
  publishingInformation: { locales: { 'en-US': { name: 'Coffee' } } },
  apis: { custom: endpoint ? { endpoint: { uri: endpoint, sslCertificateType: 'SelfSigned' } } : {} } } });

async function makeSkill({ rest }) {
  const { skillId } = await rest('POST', '/v1/skills', manifest());
  await rest('PUT', `/v1/skills/${skillId}/stages/development/interactionModel/locales/en-US`, { interactionModel: {
    languageModel: { invocationName: 'coffee', intents: [{ name: 'OrderIntent', samples: ['a coffee please'] }] } } });
  return skillId;
}

function say({ rest }, skillId, content) {
  return rest('POST', `/v2/skills/${skillId}/stages/development/simulations`,
    { input: { content }, device: { locale: 'en-US' }, session: { mode: 'FORCE_NEW_SESSION' } });
}

test("the platform's own verifiers believe what the assistant signs, and only that", async (t) => {
  const assistant = await startAssistant(t);
  const skillId = await makeSkill(assistant);
  const endpoint = await startSkill(t, skillId, assistant);
  await assistant.rest('PUT', `/v1/skills/${skillId}/stages/development/manifest`, manifest(endpoint));

  const ordered = await say(assistant, skillId, 'a coffee please');
  assert.equal(ordered.status, 'SUCCESSFUL', JSON.stringify(ordered));
  const [{ invocationResponse: { body } }] = ordered.result.skillExecutionInfo.invocations;
  assert.equal(body.response.outputSpeech.ssml, `<speak>${speech}</speak>`);
  assert.match(body.userAgent, /ask-express-adapter/);

  const launched = await say(assistant, skillId, 'open coffee');
  assert.equal(launched.result.skillExecutionInfo.invocations[0].invocationResponse.body.response.card.type, 'LinkAccount');

  // The same skill behind the certificate of a stranger's assistant.
  const stranger = await startAssistant(t);
  const strange = await makeSkill(stranger);
  await stranger.rest('PUT', `/v1/skills/${strange}/stages/development/manifest`, manifest(endpoint));
  const refused = await say(stranger, strange, 'a coffee please');
  assert.equal(refused.status, 'FAILED');
  assert.match(refused.result.error.message, /400/);
});
