import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Metafile {
  readonly outputs: Record<string, { readonly inputs: Record<string, { readonly bytesInOutput: number }> }>;
}

describe('bundle', () => {
  it('brings neither a validation library nor more than 16 kB compressed into a page, RxJS included', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-client-'));
    try {
      const [outfile, metafile] = [join(folder, 'client.js'), join(folder, 'meta.json')];
      const options = {
        entryPoints: [join(__dirname, 'index.ts')],
        bundle: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        metafile: true,
        outfile,
      };
      // esbuild refuses to run in the realm that Jest gives its tests.
      const script = `const { metafile } = require('esbuild').buildSync(${JSON.stringify(options)});
        require('node:fs').writeFileSync(${JSON.stringify(metafile)}, JSON.stringify(metafile));`;
      execFileSync(process.execPath, ['-e', script], { cwd: __dirname });
      const { outputs } = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
      const used = Object.values(outputs).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
      );
      expect(used.some((file) => file.endsWith('socket-client.ts'))).toBe(true);
      expect(used.filter((file) => file.includes('node_modules/zod'))).toEqual([]);
      expect(gzipSync(readFileSync(outfile)).length).toBeLessThan(16 * 1024);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
