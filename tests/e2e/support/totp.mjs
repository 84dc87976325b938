// An authenticator app (RFC 6238: SHA-1, six digits, thirty seconds).
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function decodeBase32(text) {
  const bytes = [];
  let bits = 0;
  let value = 0;
  for (const character of text.replace(/=+$/, '')) {
    value = ((value << 5) | alphabet.indexOf(character)) & 0xffff;
    bits += 5;
    if (bits >= 8) bytes.push((value >> (bits -= 8)) & 0xff);
  }
  return Buffer.from(bytes);
}

/** An app that holds a secret. Each code is used once, so it hands out those of the steps that the server takes: the one
 *  before, this one, and the next. */
export class Authenticator {
  constructor(secret) {
    this.key = decodeBase32(secret);
    this.last = -Infinity;
  }

  code() {
    const now = Math.floor(Date.now() / 30_000);
    const step = Math.max(now - 1, this.last + 1);
    if (step > now + 1) throw new Error('No further code before the next half minute');
    this.last = step;
    return this.codeOf(step);
  }

  codeOf(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac('sha1', this.key).update(counter).digest();
    const offset = hash[19] & 0xf;
    return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }
}
