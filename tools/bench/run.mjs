// `npm run bench -- <workload>`: bundles the bench and runs it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundleForNode } from '../build/node-bundle.mjs';
import { workspace } from '../build/paths.mjs';
import { bundlePrograms } from './programs.mjs';

const outdir = join(workspace, 'dist/tools/bench');
await bundleForNode({ entryPoints: { main: join(workspace, 'tools/bench/src/main.ts') }, outdir });
await bundlePrograms();
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--expose-gc', join(outdir, 'main.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
