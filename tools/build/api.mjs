import { join } from 'node:path';
import { bundleForNode } from './node-bundle.mjs';
import { workspace } from './paths.mjs';

const source = join(workspace, 'apps/api/src');
await bundleForNode({
  entryPoints: {
    main: join(source, 'main.ts'),
    migrate: join(source, 'migrate.ts'),
    'board-merge': join(source, 'boards/board-merge.ts'),
    'file-inspect': join(source, 'files/inspect/inspect-program.ts'),
  },
  outdir: join(workspace, 'dist/apps/api'),
});
