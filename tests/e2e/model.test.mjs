// The API against the model that the SDKs are made from: every operation, every member of what it takes and answers, and
// its type. What differs on purpose stands in docs/compatibility.json, each with its reason.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { serviceModel } from './support/service_model.mjs';

const differences = JSON.parse(readFileSync(new URL('../../docs/compatibility.json', import.meta.url), 'utf8'));
const theirs = serviceModel();
const ours = JSON.parse(execFileSync(process.env.SYMBOLON_BINARY, ['admin', 'api-model'], { maxBuffer: 64 << 20 }));

/** Every place where a type of ours differs from theirs. A request must neither lack a member nor ask for more. */
function* compare(path, their, our, isRequest) {
  if (their.type !== our.type) {
    yield `${path}: ${our.type} instead of ${their.type}`;
    return;
  }
  if (their.of) yield* compare(`${path}[]`, their.of, our.of, isRequest);
  if (their.type !== 'structure') return;
  for (const [name, member] of Object.entries(their.members)) {
    const found = our.members[name];
    if (!found) {
      yield `${path}.${name}: missing`;
      continue;
    }
    if (isRequest && member.required !== found.required) {
      yield `${path}.${name}: ${found.required ? 'required' : 'optional'}`;
    }
    yield* compare(`${path}.${name}`, member, found, isRequest);
  }
  for (const name of Object.keys(our.members)) {
    if (!their.members[name]) yield `${path}.${name}: unknown to the service`;
  }
}

function* compareOperation(name) {
  const [their, our] = [theirs[name], ours[name]];
  yield* compare(`${name}.request`, their.request, our.request, true);
  if (!their.response !== !our.response) {
    yield `${name}.response: ${our.response ? 'a body' : 'an empty body'}`;
  } else if (their.response) {
    yield* compare(`${name}.response`, their.response, our.response, false);
  }
  if (their.signed !== (our.access === 'administrator')) yield `${name}: ${their.signed ? 'not signed' : 'signed'}`;
}

const reasons = (list) => Object.entries(list).every(([, reason]) => typeof reason === 'string' && reason.length > 10);

test('the SDK still has its schemas where this test looks', () => {
  assert.ok(Object.keys(theirs).length >= 140, `only ${Object.keys(theirs).length} operations found`);
  assert.deepEqual(theirs.RevokeToken.request.members.Token, { type: 'string', required: true });
  assert.equal(theirs.ForgetDevice.response, null);
  assert.equal(theirs.GetUser.signed, false);
});

test('every operation of the service is there, or its absence has a reason', () => {
  const missing = Object.keys(theirs).filter((name) => !ours[name]).sort();
  assert.deepEqual(missing, Object.keys(differences.missing_operations).sort());
  assert.deepEqual(Object.keys(ours).filter((name) => !theirs[name]), [], 'operations that the service does not have');
  assert.ok(reasons(differences.missing_operations), 'each with its reason');
});

test('every member of what operations take and answer is there, with its type', () => {
  const found = Object.keys(ours).filter((name) => theirs[name]).flatMap((name) => [...compareOperation(name)]).sort();
  const allowed = Object.keys(differences.members).sort();
  const surprising = found.filter((difference) => !allowed.includes(difference));
  const gone = allowed.filter((difference) => !found.includes(difference));
  assert.deepEqual({ surprising, gone }, { surprising: [], gone: [] });
  assert.ok(reasons(differences.members), 'each with its reason');
});
