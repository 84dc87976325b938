// A PostgreSQL server of one test, which may be stopped and crashed (tests/postgres/serve.sh).
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { whenEnded } from '../../e2e/support/symbolon.mjs';

const script = path.resolve(import.meta.dirname, '../../postgres/serve.sh');
const role = { name: 'symbolon', password: 'tests-only' };

export class Postgres {
  /** A new server; with a `primary`, its standby. It ends with the test. */
  static async start(t, primary) {
    const postgres = new Postgres(primary ? ['--standby-of', primary.url] : []);
    whenEnded(t, () => postgres.end());
    const line = await postgres.#line();
    [postgres.url, postgres.port] = line.split(' ');
    return postgres;
  }

  constructor(args) {
    this.process = spawn(script, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async #line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('serve.sh has ended');
    return value;
  }

  /** `stop`, `crash` or `start`; returns when it is done. */
  command(word) {
    this.process.stdin.write(word + '\n');
    return this.#line();
  }

  end() {
    this.process.stdin.end();
  }

  /** Runs a statement as the superuser; what it gives, as text. */
  sql(statement) {
    const args = ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--dbname', this.url, '--command', statement];
    return execFileSync('psql', args, { encoding: 'utf8' }).trim();
  }

  /** A database for the server under test, with a role that owns it. */
  createDatabase() {
    this.sql(`CREATE ROLE ${role.name} LOGIN PASSWORD '${role.password}'`);
    this.sql(`CREATE DATABASE ${role.name} OWNER ${role.name}`);
  }
}

/** The flags for the database of createDatabase(), which is on one of these servers, over TCP. */
export function databaseFlags(...servers) {
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return ['--database', `postgresql://${role.name}:${role.password}@${hosts}/${role.name}`];
}
