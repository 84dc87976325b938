// The model of the service, as the SDK for JavaScript has it in its schemas, in the words of `symbolon admin api-model`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';

const operationKind = 9;
const scalars = new Map([
  [0, 'string'], [1, 'integer'], [2, 'boolean'], [4, 'timestamp'], [5, 'timestamp'], [6, 'timestamp'], [7, 'timestamp'],
  [15, 'document'], [21, 'string'],  // a blob is base64 on the wire
]);

/** A schema names its namespace second; what else is an array is a schema with traits. */
function isSchema(value) {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string';
}

function typeOf(schema) {
  if (typeof schema === 'function') return typeOf(schema());
  if (Array.isArray(schema) && !isSchema(schema)) return typeOf(schema[0]);
  if (schema === 'unit') return null;
  if (typeof schema === 'number') {
    if (schema & 64) return { type: 'list', of: typeOf(schema & ~64) };
    if (schema & 128) return { type: 'map', of: typeOf(schema & ~128) };
    if (!scalars.has(schema)) throw new Error(`The SDK has a kind of value that this test does not know: ${schema}`);
    return { type: scalars.get(schema) };
  }
  const [kind, , name] = schema;
  if (kind === 0) return typeOf(schema[4]);
  if (kind === 1) return { type: 'list', of: typeOf(schema[4]) };
  if (kind === 2) return { type: 'map', of: typeOf(schema[5]) };
  if (kind === 3) return structure(schema);
  throw new Error(`The SDK has a kind of schema that this test does not know: ${kind} of ${name}`);
}

/** The required members are the first ones; how many is said after the members. */
function structure([, , , , names, types, required = 0]) {
  const members = {};
  names.forEach((name, index) => (members[name] = { ...typeOf(types[index]), required: index < required }));
  return { type: 'structure', members };
}

/** Operations that the SDK does not sign. */
function unsignedOperations() {
  const main = createRequire(import.meta.url).resolve('@aws-sdk/client-cognito-identity-provider');
  const text = readFileSync(path.join(path.dirname(main), '../dist-es/auth/httpAuthSchemeProvider.js'), 'utf8');
  return new Set([...text.matchAll(/case "(\w+)":/g)].map((match) => match[1]));
}

/** Operation → {signed, request, response}. */
export function serviceModel() {
  const unsigned = unsignedOperations();
  const operations = {};
  for (const schema of Object.values(sdk)) {
    if (!isSchema(schema) || schema[0] !== operationKind) continue;
    const [, , name, , input, output] = schema;
    operations[name] = { signed: !unsigned.has(name), request: typeOf(input), response: typeOf(output) };
  }
  return operations;
}
