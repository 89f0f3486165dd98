import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLogged } from './child.mjs';
import { logFile, workspace } from './workspace.mjs';

const report = join(workspace, '.nx', 'cache', 'run.json');

/** How Nx is called everywhere: without a daemon left behind, without a screen of its own. */
export function nxCommand(args) {
  return [join(workspace, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args];
}

/** Which projects have which targets: target name to sorted project names. */
export async function projectsByTarget(node, env) {
  const file = join(tmpdir(), `parley-graph-${process.pid}.json`);
  const { code, output } = await runLogged(node, nxCommand(['graph', `--file=${file}`]), {
    log: logFile('graph'),
    env,
  });
  if (code !== 0) throw new Error(`Nx cannot read the workspace:\n${output}`);
  const { graph } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  const found = new Map();
  for (const { name, data } of Object.values(graph.nodes)) {
    for (const target of Object.keys(data.targets ?? {}))
      found.set(target, [...(found.get(target) ?? []), name].sort());
  }
  return found;
}

/**
 * Runs one target of every project that has it, two at a time, and goes on after a failure.
 *
 * @returns which projects' task succeeded; a project that is not among them failed or never ran
 */
export async function runTarget(target, { node, env, onTask }) {
  rmSync(report, { force: true });
  const args = ['run-many', '-t', target, '--parallel=2', '--output-style=static', '--nxBail=false'];
  let finished = 0;
  const onLine = (line) => {
    if (line.startsWith('> nx run ')) onTask((finished += 1));
  };
  const { code, output } = await runLogged(node, nxCommand(args), { log: logFile(target), env, onLine });
  const tasks = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).tasks : [];
  const succeeded = tasks.filter((task) => task.target === target && task.status === 0).map((task) => task.projectName);
  return { code, output, succeeded: new Set(succeeded) };
}

/** What the tasks of these projects printed, out of what Nx printed of all; everything when that cannot be told. */
export function outputOf(output, target, projects) {
  const sections = output.split(/^(?=> nx run )/m);
  const theirs = sections.filter((section) =>
    projects.some((name) => section.startsWith(`> nx run ${name}:${target}`)),
  );
  return theirs.length === 0 ? output : theirs.join('');
}
