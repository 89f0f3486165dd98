import { swcOptions, workspacePaths } from '../build/paths.mjs';

// Packages that ship ES modules only; Jest runs CommonJS, so they are transpiled like our own files.
const esmOnly = [
  ...['@nestjs', 'uid', 'fast-check', 'pure-rand', '@noble', 'otplib'],
  // file-type and what it is made of.
  ...['file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit'],
];

/** Jest's configuration of a project that runs in Node. `kind` comes from tools/jest/run.mjs. */
export function nodeProject(rootDir, name) {
  const kind = process.env.PARLEY_TEST_KIND ?? 'unit';
  return {
    displayName: name,
    rootDir,
    testEnvironment: 'node',
    testMatch: [kind === 'integration' ? '<rootDir>/src/**/*.int-spec.ts' : '<rootDir>/src/**/*.spec.ts'],
    setupFiles: ['reflect-metadata'],
    transform: {
      '^.+\\.[cm]?[tj]s$': ['@swc/jest', { ...swcOptions, module: { type: 'commonjs' }, sourceMaps: 'inline' }],
    },
    transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
    moduleNameMapper: { ...moduleNames(), '^(\\.{1,2}/.*)\\.js$': '$1' },
    ...(kind === 'integration' ? { testTimeout: 30_000 } : {}),
  };
}

export function moduleNames() {
  return Object.fromEntries(Object.entries(workspacePaths()).map(([name, file]) => [`^${name}$`, file]));
}
