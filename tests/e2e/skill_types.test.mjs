// The tutorial skill's answers are what the platform's own types say they must be.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skillModel } from './support/skill_model.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const samples = path.join(here, '..', 'sdk', 'samples');

function declarations(kind, type) {
  return readdirSync(path.join(samples, kind)).filter((file) => file.endsWith('.json')).map((file, index) =>
    `export const ${kind}${index}: ${type} = ${readFileSync(path.join(samples, kind, file), 'utf8')};`);
}

test('requests and responses satisfy ask-sdk-model', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'symbolon-types-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(path.join(here, 'node_modules'), path.join(folder, 'node_modules'));
  const lines = [`import { RequestEnvelope, ResponseEnvelope } from 'ask-sdk-model';`,
    ...declarations('requests', 'RequestEnvelope'), ...declarations('responses', 'ResponseEnvelope')];
  writeFileSync(path.join(folder, 'samples.ts'), lines.join('\n'));
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, skipLibCheck: true, module: 'nodenext', moduleResolution: 'nodenext', types: [] },
    files: ['samples.ts'] }));
  execFileSync(process.execPath, [path.join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder], { stdio: 'pipe', encoding: 'utf8' });
});

// tests/sdk reads these and fails where a type or a member is unknown to the SDK.
test('the SDK is tested with every type that ask-sdk-model declares', () => {
  assert.equal(readFileSync(path.join(samples, 'model.json'), 'utf8'), skillModel());
});
