// One full example of every request, directive, context and response that the platform's own type declarations know.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const declarations = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', 'ask-sdk-model', 'index.d.ts');

/** Interfaces as lists of members, aliases as text, by their qualified names. */
function readModel() {
  const model = { interfaces: new Map(), aliases: new Map() };
  let space = '';
  let members;
  let inMap;
  const text = readFileSync(declarations, 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');
  for (const line of text.split('\n')) {
    const found = (pattern) => line.match(pattern);
    let match;
    if ((match = found(/^export declare namespace (\S+) \{/))) space = `${match[1]}.`;
    else if (line.startsWith('}') && !members) space = '';
    else if ((match = found(/^\s*(?:export )?interface (\w+)/))) model.interfaces.set(space + match[1], (members = []));
    else if ((match = found(/^\s*(?:export declare )?type (\w+) = (.*);/))) model.aliases.set(space + match[1], match[2]);
    else if (members && (match = found(/^\s*'([^']+)'\??: \{$/))) inMap = match[1];
    else if (inMap && (match = found(/^\s*\[key: string\]: (.*);$/))) members.push({ name: inMap, map: match[1] });
    else if (inMap && found(/^\s*\};$/)) inMap = undefined;
    else if (members && (match = found(/^\s*'([^']+)'\??: (.*);$/))) members.push({ name: match[1], type: match[2] });
    else if (members && found(/^\s*\}$/)) {
      members = undefined;
      if (line.startsWith('}')) space = '';
    }
  }
  return model;
}

const deepest = 8;  // commands hold commands

/** An example of a type; of a union of its first alternative. */
function example(model, type, depth) {
  const first = type.startsWith('Array<') ? type : type.split(' | ')[0];
  if (first.startsWith("'")) return first.slice(1, -1);
  if (first.startsWith('Array<')) {
    const element = first.slice('Array<'.length, -1);
    return depth > 2 ? [example(model, element, depth)] : alternatives(model, element, depth + 1);
  }
  if (first === 'string') return 'text';
  if (first === 'number') return 7;
  if (first === 'boolean') return true;
  if (first === 'any') return { anything: [1] };
  if (model.aliases.has(first)) return example(model, model.aliases.get(first), depth);
  if (!model.interfaces.has(first)) throw new Error(`${first} is not declared`);
  const out = {};
  for (const { name, type: member, map } of model.interfaces.get(first)) {
    const isRecursive = (member ?? map).replace(/^Array<(.*)>$/, '$1') === first;
    if (isRecursive || (depth > deepest && !/^('|string|number|boolean|any)/.test(member ?? ''))) continue;
    out[name] = map ? { key: example(model, map, depth + 1) } : example(model, member, depth + 1);
  }
  return out;
}

/** An example of every alternative of a type. */
function alternatives(model, type, depth) {
  const meant = model.aliases.get(type) ?? type;
  if (!meant.startsWith('Array<') && meant.includes(' | ')) return meant.split(' | ').flatMap((part) => alternatives(model, part, depth));
  return [example(model, meant, depth)];
}

/** As tests/sdk/samples/model.json holds it: a line for each example. */
export function skillModel() {
  const model = readModel();
  const requests = alternatives(model, 'Request', 0);
  const directives = alternatives(model, 'Directive', 0);
  const response = { ...example(model, 'Response', 0), directives: directives.slice(0, 1) };
  response.reprompt.directives = directives.slice(0, 1);
  const envelope = { ...example(model, 'RequestEnvelope', 0), request: requests.find(({ type }) => type === 'LaunchRequest') };
  const responses = alternatives(model, 'ui.Card', 0).map((card) => ({ ...response, card }));
  const list = (name, items) => `"${name}": [\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  return `{\n${[list('requests', requests), list('directives', directives), list('envelopes', [envelope]), list('responses', responses)].join(',\n')}\n}\n`;
}
