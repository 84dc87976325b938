// With SYMBOLON_TEST_POSTGRES, the file of the fixture of tests/postgres, servers under test run on PostgreSQL: on a fresh
// database for each data folder, which is dropped when the test ends.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const file = process.env.SYMBOLON_TEST_POSTGRES;
const databases = new Map();

function sql(url, statement) {
  execFileSync('psql', ['--no-psqlrc', '--quiet', '--dbname', url, '--command', statement]);
}

/** The flags that name the database of a folder. `atTheEnd` takes what is to be done then. */
export function databaseFlags(folder, atTheEnd) {
  if (!file) return [];
  if (!databases.has(folder)) {
    const server = readFileSync(file, 'utf8').split(' ')[0];
    const name = `e2e_${process.pid}_${databases.size}`;
    sql(server, `CREATE DATABASE ${name}`);
    databases.set(folder, server.replace('@/postgres?', `@/${name}?`));
    atTheEnd(() => sql(server, `DROP DATABASE ${name} WITH (FORCE)`));
  }
  return ['--database', databases.get(folder)];
}
