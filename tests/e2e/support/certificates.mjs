// A root, an intermediate and a server's certificate, made with OpenSSL's command.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Files in `folder`: `root.pem` to trust, `chain.pem` and `key.pem` to serve. */
export function makeCertificates(folder, host) {
  const at = (name) => path.join(folder, name);
  const openssl = (...words) => execFileSync('openssl', words, { stdio: 'pipe', cwd: folder });
  writeFileSync(at('ca.ext'), 'basicConstraints=critical,CA:TRUE\n');
  writeFileSync(at('leaf.ext'), `subjectAltName=DNS:${host}\n`);
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/O=Tests/CN=Root', '-days', '90');
  const issue = (name, subject, by, extensions) => {
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', '60', '-extfile', extensions, '-out', `${name}.pem`);
  };
  issue('middle', '/O=Tests/CN=Intermediate', 'root', 'ca.ext');
  issue('leaf', `/O=Tests/CN=${host}`, 'middle', 'leaf.ext');
  writeFileSync(at('chain.pem'), readFileSync(at('leaf.pem'), 'utf8') + readFileSync(at('middle.pem'), 'utf8'));
  return { root: at('root.pem'), chain: at('chain.pem'), key: at('leaf.key') };
}
