import { build } from 'esbuild';
import { join } from 'node:path';

/**
 * Builds what a thread runs, as the server's build does.
 *
 * @param source in `apps/api/src`
 * @param folder where it is put
 * @returns its file
 */
export async function buildThreadProgram(source: string, folder: string): Promise<string> {
  const workspace = join(import.meta.dirname, '../../../..');
  const outfile = join(folder, `${source.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, '..', source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    tsconfig: join(workspace, 'tsconfig.base.json'),
    // It is far from the packages, so they are in it; some of them are no ES modules.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}
