// Prints the next one-time code of a file: sink. Arguments: the file of texts, a file that remembers how many were taken.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { waitFor } from './wait.mjs';

const [texts, taken] = process.argv.slice(2);
const lines = () => (existsSync(texts) ? readFileSync(texts, 'utf8').split('\n').filter(Boolean) : []);
const seen = existsSync(taken) ? Number(readFileSync(taken, 'utf8')) : 0;
await waitFor(() => lines().length > seen, 'a text arrives');
writeFileSync(taken, String(seen + 1));
console.log(JSON.parse(lines()[seen]).code);
