import { formatFiles, updateJson } from '@nx/devkit';

const TABLE = 'apps/api/src/allowances.ts';

/**
 * `nx g ./tools/workspace:allowance document`: a lib with a guard that refuses everyone until its author says
 * otherwise, the contract suite around it, and its line in the table of `apps/api`.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ namespace: string }} options
 */
export default async function allowance(tree, { namespace }) {
  const root = `libs/allowances/${namespace}`;
  if (tree.exists(root)) throw new Error(`${root} exists already.`);
  const name = namespace.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
  const files = {
    'project.json': project(namespace, root),
    'tsconfig.json': tsconfig,
    'jest.config.ts': jestConfig(namespace),
    'src/index.ts': `export { ${name}Allowance } from './${namespace}.allowance';\nexport { ${name}AllowanceModule } from './${namespace}-allowance.module';\n`,
    [`src/${namespace}.allowance.ts`]: guard(namespace, name),
    [`src/${namespace}-allowance.module.ts`]: module(namespace, name),
    [`src/${namespace}.allowance.spec.ts`]: spec(namespace, name),
  };
  for (const [file, text] of Object.entries(files)) tree.write(`${root}/${file}`, text);
  updateJson(tree, 'tsconfig.base.json', (json) => {
    json.compilerOptions.paths[`@parley/allowances/${namespace}`] = [`./${root}/src/index.ts`];
    return json;
  });
  putOnDuty(tree, namespace, name);
  await formatFiles(tree);
}

/** The import and the line in the table that let the guard answer. */
function putOnDuty(tree, namespace, name) {
  const table = tree.read(TABLE, 'utf8');
  const end = table.lastIndexOf('};');
  const lastImport = table.lastIndexOf("';\n", table.indexOf('export const')) + 3;
  if (end < 0 || lastImport < 3) throw new Error(`${TABLE} has no table of allowances any more; add the line by hand.`);
  const line = `  ${/^[a-z][a-z0-9]*$/.test(namespace) ? namespace : `'${namespace}'`}: ${name}AllowanceModule,\n`;
  const entry = `import { ${name}AllowanceModule } from '@parley/allowances/${namespace}';\n`;
  tree.write(TABLE, table.slice(0, lastImport) + entry + table.slice(lastImport, end) + line + table.slice(end));
}

function project(namespace, root) {
  return JSON.stringify({
    name: `allowances-${namespace}`,
    $schema: '../../../node_modules/nx/schemas/project-schema.json',
    sourceRoot: `${root}/src`,
    projectType: 'library',
    tags: ['scope:api', 'type:feature'],
    targets: { lint: {}, typecheck: {}, test: {} },
  });
}

const tsconfig = JSON.stringify({
  extends: '../../../tsconfig.base.json',
  compilerOptions: { types: ['node', 'jest'] },
  include: ['src'],
});

function jestConfig(namespace) {
  return `import { nodeProject } from '../../../tools/jest/node-project.mjs';

export default nodeProject(import.meta.dirname, 'allowances-${namespace}');
`;
}

function guard(namespace, name) {
  return `import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Allowance, allowanceRequest, type AllowanceRequest } from '@parley/allowances/contract';

/** Says who may do what in \`${namespace}/…\` topics. */
@Allowance('${namespace}')
export class ${name}Allowance implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return this.belongs(allowanceRequest(context));
  }

  // Refuses everyone until you say who belongs: inject what knows it, and ask it about the user, the topic, the intent.
  private belongs(_request: AllowanceRequest): boolean {
    return false;
  }
}
`;
}

function module(namespace, name) {
  return `import { Module } from '@nestjs/common';
import { ${name}Allowance } from './${namespace}.allowance';

@Module({ providers: [${name}Allowance] })
export class ${name}AllowanceModule {}
`;
}

function spec(namespace, name) {
  return `import { describeAllowance } from '@parley/allowances/contract/testing';
import { ${name}Allowance } from './${namespace}.allowance';

// Give the guard a world in which the insider belongs to topic 1; until then these tests fail, and rightly.
describeAllowance('${name}Allowance', {
  guard: () => new ${name}Allowance(),
  namespace: '${namespace}',
  topic: '${namespace}/main:1',
  missingTopic: '${namespace}/main:2',
  oddTopic: '${namespace}/main:-',
  insider: 'ann',
  outsider: 'cleo',
});
`;
}
