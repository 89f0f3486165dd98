import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import type { Tree } from '@nx/devkit';
import allowance from './allowance.mjs';

const workspace = join(__dirname, '..', '..', '..');
const TABLE = 'apps/api/src/allowances.ts';

describe('the allowance generator', () => {
  let tree: Tree;

  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace();
    // The real files, so that the generator is held to the table as it is.
    for (const file of [TABLE, 'tsconfig.base.json']) tree.write(file, readFileSync(join(workspace, file), 'utf8'));
  });

  it('makes a guard that refuses by default, with the contract suite', async () => {
    await allowance(tree, { namespace: 'document' });
    const guard = tree.read('libs/allowances/document/src/document.allowance.ts', 'utf8');
    expect(guard).toContain("@Allowance('document')");
    expect(guard).toContain('return false;');
    expect(tree.read('libs/allowances/document/src/document.allowance.spec.ts', 'utf8')).toContain(
      'describeAllowance(',
    );
  });

  it('adds one line to the table and keeps what is there', async () => {
    const before = tree.read(TABLE, 'utf8') ?? '';
    await allowance(tree, { namespace: 'my-desk' });
    const after = tree.read(TABLE, 'utf8') ?? '';
    expect(after).toContain("'my-desk': MyDeskAllowanceModule,");
    expect(after).toContain("import { MyDeskAllowanceModule } from '@parley/allowances/my-desk';");
    for (const line of before.split('\n')) expect(after).toContain(line);
  });

  it('makes the name importable', async () => {
    await allowance(tree, { namespace: 'document' });
    const { compilerOptions } = JSON.parse(tree.read('tsconfig.base.json', 'utf8') ?? '') as {
      compilerOptions: { paths: Record<string, string[]> };
    };
    expect(compilerOptions.paths['@parley/allowances/document']).toEqual(['./libs/allowances/document/src/index.ts']);
  });

  it('touches nothing when the namespace is taken', async () => {
    tree.write('libs/allowances/exchange/src/index.ts', '');
    await expect(allowance(tree, { namespace: 'exchange' })).rejects.toThrow('exists already');
  });
});
