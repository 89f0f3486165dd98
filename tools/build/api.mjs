import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { transformFile } from '@swc/core';
import { build } from 'esbuild';
import { swcOptions, workspace, workspacePaths } from './paths.mjs';

// esbuild bundles but emits no decorator metadata, which Nest's injector and TypeORM read; swc does.
const decorators = {
  name: 'decorators',
  setup(plugin) {
    plugin.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transformFile(path, { ...swcOptions, sourceMaps: 'inline', module: { type: 'es6' } });
      return { contents: code, loader: 'js' };
    });
  },
};

const outdir = join(workspace, 'dist/apps/api');
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: { main: join(workspace, 'apps/api/src/main.ts'), migrate: join(workspace, 'apps/api/src/migrate.ts') },
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  alias: workspacePaths(),
  sourcemap: true,
  keepNames: true,
  plugins: [decorators],
  logLevel: 'warning',
});
