// The smart-home messages that the SDK makes, every directive, error and report of its tests, against the schema that the
// platform published for them. The package homebridge-alexa carries that schema; nothing else of it is used, and what it
// depends on is replaced by something small (package.json, overrides).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { temporaryFolder } from './support/symbolon.mjs';

const require = createRequire(import.meta.url);
const schema = require('homebridge-alexa/src/lib/alexa_smart_home_message_schema.json');

function makeValidator() {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv.compile(schema);
}

/** What tests/sdk makes, each message once. */
function madeMessages(t) {
  const file = path.join(temporaryFolder(t), 'messages.jsonl');
  execFileSync(process.env.SYMBOLON_SDK_TEST, ['--gtest_filter=SmartHome.*:EventGateway*'],
    { env: { ...process.env, SYMBOLON_SMART_HOME_MESSAGES: file }, stdio: 'pipe' });
  return [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))].map((line) => JSON.parse(line));
}

const nameOf = ({ event }) => `${event.header.namespace}.${event.header.name}`;
// What the documentation has since: this copy of the schema is older. And of ENDPOINT_LOW_POWER it has two alternatives that
// both fit, where exactly one may.
const later = ['Alexa.Discovery.DeleteReport', 'ALREADY_IN_OPERATION', 'INSUFFICIENT_PERMISSIONS', 'ENDPOINT_LOW_POWER'];
const isLater = (message) => later.includes(nameOf(message)) || later.includes(message.event.payload.type);

test('what the SDK sends is right by the published schema', (t) => {
  const validate = makeValidator();
  const messages = madeMessages(t);
  const names = new Set(messages.map(nameOf));
  for (const name of ['Alexa.Response', 'Alexa.StateReport', 'Alexa.ErrorResponse', 'Alexa.ChangeReport', 'Alexa.DeferredResponse', 'Alexa.Discovery.Discover.Response']) {
    assert.ok(names.has(name), `${name} was not made: ${[...names]}`);
  }
  const wrong = messages.filter((message) => !isLater(message) && !validate(message));
  assert.deepEqual(wrong.map((message) => JSON.stringify(message)), []);
  const on = messages.find((message) => nameOf(message) === 'Alexa.Response');
  for (const spoil of [(m) => (m.event.header.payloadVersion = 3), (m) => (m.event.header.messageId = 'a_b'), (m) => (m.context.properties[0].value = 'on')]) {
    const spoiled = structuredClone(on);
    spoil(spoiled);
    assert.equal(validate(spoiled), false, JSON.stringify(spoiled));
  }
});
