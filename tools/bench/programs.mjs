// Bundles the small servers that ours is measured against, each into a program of its own.
import { join } from 'node:path';
import { bundleForNode } from '../build/node-bundle.mjs';
import { workspace } from '../build/paths.mjs';

const folder = join(workspace, 'tools/bench/src/peers/programs');
const programs = ['bare', 'nest', 'socket-io', 'ws-loop'];

export async function bundlePrograms() {
  const entryPoints = Object.fromEntries(programs.map((name) => [name, join(folder, `${name}.ts`)]));
  await bundleForNode({ entryPoints, outdir: join(workspace, 'dist/tools/bench-programs') });
}

if (process.argv[1] === import.meta.filename) await bundlePrograms();
