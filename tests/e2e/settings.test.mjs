// Every setting of pools and clients in the model that the SDKs are made from has its effect, which a test shows, or a
// reason for having none: docs/settings.json says which, and this test that it is true.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { serviceModel } from './support/service_model.mjs';

const repository = new URL('../../', import.meta.url);
const table = JSON.parse(readFileSync(new URL('docs/settings.json', repository), 'utf8'));
const operations = ['CreateUserPool', 'UpdateUserPool', 'CreateUserPoolClient', 'UpdateUserPoolClient', 'SetUserPoolMfaConfig'];

/** The paths of all that can be set: through structures, lists and maps down to what has a value. */
function* settings(type, path = '') {
  if (type.of?.type === 'structure') return yield* settings(type.of, path);
  if (type.type !== 'structure') return yield path;
  for (const [name, member] of Object.entries(type.members)) yield* settings(member, path ? `${path}.${name}` : name);
}

/** `floor.Suite.case` of every test of the units. */
function testsOf(floor) {
  const folder = new URL(`tests/${floor}/`, repository);
  const files = readdirSync(folder).filter((name) => name.endsWith('_test.cpp'));
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/^TEST(?:_[FP])?\((\w+),\s*(\w+)\)/gm)])
    .map(([, suite, name]) => `${floor}.${suite}.${name}`);
}

const model = serviceModel();
const found = [...new Set(operations.flatMap((name) => [...settings(model[name].request)]))].sort();

test('the table has every setting of the service, and no other', () => {
  assert.ok(found.length > 130, `only ${found.length} settings found in the model`);
  assert.deepEqual(Object.keys(table).sort(), found);
});

test('what shows the effect of a setting is a test that is there', () => {
  const named = Object.values(table).filter((entry) => typeof entry === 'string');
  const known = new Set([...new Set(named.map((name) => name.split('.')[0]))].flatMap(testsOf));
  assert.deepEqual(named.filter((name) => !known.has(name)), []);
});

test('what has no effect has a reason', () => {
  for (const [setting, entry] of Object.entries(table)) {
    if (typeof entry === 'string') continue;
    assert.deepEqual(Object.keys(entry), ['none'], setting);
    assert.ok(entry.none.length > 20, `${setting}: ${entry.none}`);
  }
});
