import { rmSync } from 'node:fs';
import { transformFile } from '@swc/core';
import { build } from 'esbuild';
import { swcOptions, workspacePaths } from './paths.mjs';

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

/** Bundles TypeScript for our own Node, the workspace's libs included and npm's packages left where they are. */
export async function bundleForNode({ entryPoints, outdir }) {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints,
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
}
