// `npm start`: from a clone to a served page. Installs, builds (both only when something changed) and runs the server.
import { join } from 'node:path';
import { runAttached, runLogged, wasStopped } from './run/child.mjs';
import { install } from './run/install.mjs';
import { checkStarter, projectEnvironment, projectNode } from './run/node.mjs';
import { nxCommand } from './run/nx.mjs';
import { step } from './run/progress.mjs';
import { StepFailed, explain, tail } from './run/words.mjs';
import { logFile, workspace } from './run/workspace.mjs';

const usage = `npm start: installs what is missing, builds what changed, and serves Parley on one address.

  PORT=8080 npm start           another port (default 3000)
  HOST=0.0.0.0 npm start        another address to listen on (default: this machine only)
  DATABASE_URL=… npm start      a Postgres of your own (default: an embedded one, its data in .parley/)

Every setting is an environment variable; the README has the table. Ctrl+C stops the server.`;

async function main() {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  if (args.length > 0) {
    console.error(`✗ Unknown: ${args.join(' ')}\n\n${usage}`);
    return 1;
  }
  checkStarter();
  await install();
  const node = projectNode();
  await build(node);
  const env = { ...projectEnvironment(node) };
  return runAttached(node, ['--enable-source-maps', join(workspace, 'dist/apps/api/main.js')], env);
}

function build(node) {
  const log = logFile('build');
  return step(
    'Building the server and the app',
    async () => {
      const args = nxCommand(['run-many', '-t', 'build', '-p', 'api,web', '--output-style=static']);
      const { code, output } = await runLogged(node, args, { log, env: projectEnvironment(node) });
      if (wasStopped(code)) throw new StepFailed('The build was stopped.', { log });
      if (code !== 0) throw new StepFailed(buildFailure(output), { log, output: tail(output, 60) });
      return output.includes('read the output from the cache instead of running the command for 2 out of 2 tasks');
    },
    (unchanged) => (unchanged ? 'Nothing to build: no source changed' : 'Built the server and the app'),
  );
}

function buildFailure(output) {
  if (output.includes('ENOSPC')) return 'The disk is full: make room, then run this again.';
  return 'The build failed, so there is nothing to serve. The lines above say where.';
}

process.exitCode = await main().catch(explain);
