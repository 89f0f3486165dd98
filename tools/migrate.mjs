// `npm run migration:…`: builds the server, which knows the entities and migrations, and lets it do the work.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const workspace = join(import.meta.dirname, '..');

for (const args of [
  [join(workspace, 'tools/build/api.mjs')],
  ['--enable-source-maps', join(workspace, 'dist/apps/api/migrate.js'), ...process.argv.slice(2)],
]) {
  const { status } = spawnSync(process.execPath, args, { cwd: workspace, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
