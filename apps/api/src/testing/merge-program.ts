import { build } from 'esbuild';
import { join } from 'node:path';

/**
 * Builds the thread that merges whiteboards, as the server's build does.
 *
 * @param folder where it is put
 * @returns its file
 */
export async function buildMergeProgram(folder: string): Promise<string> {
  const workspace = join(import.meta.dirname, '../../../..');
  const outfile = join(folder, 'board-merge.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../boards/board-merge.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    tsconfig: join(workspace, 'tsconfig.base.json'),
    logLevel: 'error',
  });
  return outfile;
}
