// Disks on which there is no room for a database, until there is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { whenEnded } from '../../e2e/support/symbolon.mjs';

const room = 256 << 10; // bytes that are left

const mayMount = 1n << 21n; // CAP_SYS_ADMIN of capabilities(7), which root in a container does not have

/** A small file system at the folder, with something on it that takes its room. Only an administrator can have one. */
export class FullFileSystem {
  static isPossible() {
    const capabilities = readFileSync('/proc/self/status', 'utf8').match(/^CapEff:\s+(\w+)$/m)[1];
    return (BigInt('0x' + capabilities) & mayMount) !== 0n;
  }

  constructor(t, folder) {
    this.ballast = path.join(folder, 'ballast');
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0700', 'tmpfs', folder]);
    whenEnded(t, () => execFileSync('umount', [folder]));
  }

  fill() {
    const { bavail, bsize } = statfsSync(path.dirname(this.ballast));
    writeFileSync(this.ballast, Buffer.alloc(bavail * bsize - room));
  }

  makeRoom() {
    rmSync(this.ballast);
  }
}

/** A limit for the size of the files that a process writes (setrlimit(2), RLIMIT_FSIZE). Everybody can have one. */
export class FileSizeLimit {
  constructor(t, folder) {
    this.log = path.join(folder, 'symbolon.db-wal');
  }

  fill(server) {
    this.#limit(server, statSync(this.log).size + room);
  }

  makeRoom(server) {
    this.#limit(server, 'unlimited');
  }

  #limit({ pid }, bytes) {
    execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`]);
  }
}
