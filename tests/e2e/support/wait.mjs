// Waits for a condition instead of sleeping for a time.
import { setImmediate } from 'node:timers/promises';

const limit = 20_000;

export async function waitFor(condition, what) {
  const end = performance.now() + limit;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > end) throw new Error(`Waited ${limit} ms in vain: ${what}`);
    await setImmediate();
  }
}
