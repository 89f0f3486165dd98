import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged, wasStopped } from './child.mjs';
import { npmEnvironment } from './node.mjs';
import { step } from './progress.mjs';
import { StepFailed, tail } from './words.mjs';
import { logFile, readJson, workspace } from './workspace.mjs';

const stamp = join(workspace, 'node_modules', '.parley-installed');

/** Installs the packages when they are missing or the lock file changed since. */
export async function install() {
  if (upToDate()) return;
  const log = logFile('install');
  const total = packagesFor(readJson('package-lock.json').packages);
  await step(
    'Installing packages',
    async (note) => {
      let found = 0;
      let fetched = 0;
      const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
        log,
        onLine: (line) => {
          if (!line.startsWith('npm http fetch GET 200')) return;
          if (line.includes('.tgz ')) fetched += 1;
          else found += 1;
          // First npm asks where each package is, then it fetches them; what follows has no numbers.
          if (fetched === 0) note(`${found} of about ${total} looked up`);
          else if (fetched < total) note(`${fetched} of about ${total} fetched`);
          else note('unpacking and running install scripts');
        },
      });
      if (code !== 0) throw installFailure(code, output, log);
    },
    () => `Installed about ${total} packages`,
  );
  writeStamp();
}

function upToDate() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return true;
  if (!installedByHand()) return false;
  writeStamp();
  return true;
}

function writeStamp() {
  writeFileSync(stamp, fingerprint());
}

/** The lock file, and the platform: node_modules carried to another machine is not installed there. */
function fingerprint() {
  const lock = readFileSync(join(workspace, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** Someone ran `npm ci` or `npm install` themselves: npm's own record then names what our lock file names. */
function installedByHand() {
  const record = join(workspace, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readJson('package-lock.json').packages;
  const { packages: found } = JSON.parse(readFileSync(record, 'utf8'));
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const there = found[path];
    return there === undefined ? optional === true : there.version === version && there.integrity === integrity;
  });
}

/** How many of the lock file's packages this platform needs; the C library is npm's own guess, so: about. */
function packagesFor(packages) {
  // npm writes one name as text and several as a list.
  const fits = (names, value) => {
    const list = [names ?? []].flat();
    return !list.includes(`!${value}`) && (list.every((name) => name.startsWith('!')) || list.includes(value));
  };
  return Object.entries(packages).filter(
    ([path, { os, cpu, libc }]) =>
      path !== '' && fits(os, process.platform) && fits(cpu, process.arch) && ![libc ?? []].flat().includes('musl'),
  ).length;
}

async function npm(args, options) {
  const env = npmEnvironment();
  // npm says where it is when it runs us; otherwise the one on the PATH serves.
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  try {
    if (script !== undefined && node !== undefined && /npm-cli\.c?js$/.test(script)) {
      return await runLogged(node, [script, ...args], { ...options, env });
    }
    return await runLogged('npm', args, { ...options, env, shell: process.platform === 'win32' });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new StepFailed('There is no npm on the PATH, so the packages cannot be installed. Install Node with npm.');
  }
}

const causes = [
  [/ENOSPC/, 'The disk is full. Parley needs about 1.5 GB free; make room, then run this again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/,
    'The package registry could not be reached. Is there a network? Behind a proxy, set HTTPS_PROXY. Then run this again.',
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF/,
    'The registry’s certificate is not trusted. A company proxy? Point NODE_EXTRA_CA_CERTS at its root certificate.',
  ],
  [/code EACCES|code EPERM/, 'npm may not write here. Make this folder your own, or run as the user who owns it.'],
  [/EBUSY/, 'A file in node_modules is in use. Close whatever uses it, then run `node tools/start.mjs` again.'],
  [/EBADPLATFORM/, `A package does not support ${process.platform}-${process.arch}.`],
  [/EINTEGRITY/, 'A downloaded package is not what the lock file expects. Try `npm cache clean --force`, then again.'],
  [
    /lockfileVersion|old lockfile|in sync|EUSAGE|Unknown command: "?ci/,
    'npm does not accept the lock file: is npm older than 10 (npm --version), or was package.json changed by hand?',
  ],
];

function installFailure(code, output, log) {
  if (wasStopped(code)) return new StepFailed('The installation was stopped. Run this again to finish it.', { log });
  const errors = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .join('\n');
  // npm only warns of a full disk; the error comes later, from whatever met a half-written file.
  const said = output.includes('ENOSPC') ? 'ENOSPC' : errors;
  const [, words] = causes.find(([pattern]) => pattern.test(said)) ?? [];
  if (words !== undefined) return new StepFailed(words, { log });
  return new StepFailed(`npm ci failed with exit code ${code}.`, {
    log,
    output: tail(errors === '' ? output : errors, 15),
  });
}
