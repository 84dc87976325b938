// Starts the program under test on free ports in a folder of its own, and ends it.
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseFlags } from './postgres.mjs';
import { waitFor } from './wait.mjs';

const binary = process.env.SYMBOLON_BINARY;
if (!binary) throw new Error('SYMBOLON_BINARY must name the program under test');

function listeningUrls(output) {
  return [...output.matchAll(/^listening on (\S+)$/gm)].map((match) => match[1]);
}

/** What a test leaves behind: its programs are ended first, then its folders removed. */
const leftovers = new WeakMap();

function leftoversOf(t) {
  if (!leftovers.has(t)) {
    const left = { stops: [], drops: [], folders: [] };
    leftovers.set(t, left);
    t.after(async () => {
      await Promise.all(left.stops.map((stop) => stop('SIGKILL')));
      for (const drop of left.drops) drop();
      for (const folder of left.folders) rmSync(folder, { recursive: true, force: true });
    });
  }
  return leftovers.get(t);
}

/** Has `drop` done when the test `t` ends, after its programs and before its folders. */
export function whenEnded(t, drop) {
  leftoversOf(t).drops.push(drop);
}

/** A folder that is removed when the test `t` ends. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'symbolon-e2e-'));
  leftoversOf(t).folders.push(folder);
  return folder;
}

function databaseOf(t, folder) {
  return databaseFlags(folder, (drop) => whenEnded(t, drop));
}

/** Runs `symbolon <args>` until `listeners` lines "listening on URL" were printed. */
export async function start(t, args, listeners, folder = temporaryFolder(t)) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const state = { output: '', log: '', ended: null };
  child.stdout.on('data', (data) => (state.output += data));
  child.stderr.on('data', (data) => (state.log += data));
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve((state.ended = { code, signal }))));
  const stop = async (signal = 'SIGTERM') => {
    if (!state.ended) child.kill(signal);
    return ended;
  };
  leftoversOf(t).stops.push(stop);
  await waitFor(() => {
    if (state.ended) throw new Error(`symbolon ended: ${JSON.stringify(state.ended)}\n${state.log}`);
    return listeningUrls(state.output).length >= listeners;
  }, 'symbolon listens');
  return {
    urls: listeningUrls(state.output), folder, stop, pid: child.pid, signal: (name) => child.kill(name), log: () => state.log,
  };
}

/** `symbolon serve` with texts in a file. Options: `folder` to start again on the same data, `listen` to do so at the
 *  same address, `args` for more flags, `logLevel` (null: no flag for it). */
export async function startServer(
  t, { folder = temporaryFolder(t), listen = '127.0.0.1:0', args = [], logLevel = 'warning' } = {}) {
  const texts = path.join(folder, 'texts.jsonl');
  const data = path.join(folder, 'data');
  const logFlags = logLevel ? ['--log-level', logLevel] : [];
  const running = await start(
    t, ['serve', '--data', data, '--listen', listen, '--sms', `file:${texts}`, ...logFlags,
        ...databaseOf(t, folder), ...args], 1, folder);
  return { ...running, url: running.urls[0], texts: new Texts(texts), data, credentials: readCredentials(data) };
}

/** A further node beside `first`: another process with a folder of its own, the same database, keys and public URL. Texts
 *  go to one file, so that what is sent twice can be seen. */
export async function startNode(t, first, { folder = temporaryFolder(t) } = {}) {
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700, recursive: true });
  for (const name of ['master.key', 'credentials']) {
    copyFileSync(path.join(first.data, name), path.join(data, name));
    chmodSync(path.join(data, name), 0o600);
  }
  const running = await start(
    t, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--base-url', first.url, '--sms', `file:${first.texts.file}`,
        '--log-level', 'warning', ...databaseOf(t, first.folder)], 1, folder);
  return { ...running, url: running.urls[0], texts: first.texts, data, credentials: first.credentials };
}

/** `symbolon demo`: server, assistant and skill. */
export async function startDemo(t) {
  const folder = temporaryFolder(t);
  const texts = path.join(folder, 'texts.jsonl');
  const data = path.join(folder, 'data');
  const running = await start(
    t, ['demo', '--data', data, '--listen', '127.0.0.1:0', '--assistant-listen', '127.0.0.1:0', '--skill-listen',
        '127.0.0.1:0', '--sms', `file:${texts}`, ...databaseOf(t, folder)],
    3, folder);
  const [url, assistant, skill] = running.urls;
  return { ...running, url, assistant, skill, texts: new Texts(texts), data, credentials: readCredentials(data) };
}

function readCredentials(data) {
  const text = readFileSync(path.join(data, 'credentials'), 'utf8');
  const value = (name) => text.match(new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm'))[1];
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}

/** The texts that the server sent, read from its file: sink. */
export class Texts {
  constructor(file) {
    this.file = file;
    this.seen = 0;
  }

  all() {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** The next text that was not taken yet. */
  async next() {
    await waitFor(() => this.all().length > this.seen, 'a text arrives');
    return this.all()[this.seen++];
  }
}
