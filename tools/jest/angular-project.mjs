import { join } from 'node:path';
import { swcOptions, workspace } from '../build/paths.mjs';
import { moduleNames } from './node-project.mjs';

// Packages whose plain .js files are ES modules; Angular's own are .mjs and covered by their ending.
const esmOnly = [
  'fast-check',
  'pure-rand',
  'rbush',
  'quickselect',
  '@angular/common/locales',
  '@lucide/angular',
  'konva',
];

/** Jest's configuration of a project with Angular in it: jsdom, zoneless, templates compiled just in time. */
export function angularProject(rootDir, name) {
  return {
    displayName: name,
    rootDir,
    testEnvironment: 'jsdom',
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    moduleFileExtensions: ['ts', 'html', 'js', 'json', 'mjs'],
    setupFilesAfterEnv: [join(workspace, 'tools/jest/angular-setup.mjs')],
    transform: {
      '^.+\\.(ts|html|svg)$': [
        'jest-preset-angular',
        { tsconfig: join(workspace, 'tools/jest/angular.tsconfig.json'), stringifyContentPathRegex: '\\.(html|svg)$' },
      ],
      'lucide-angular\\.mjs$': [
        join(workspace, 'tools/jest/lucide-transform.mjs'),
        { ...swcOptions, module: { type: 'commonjs' } },
      ],
      '^.+\\.m?js$': ['@swc/jest', { ...swcOptions, module: { type: 'commonjs' }, sourceMaps: 'inline' }],
    },
    transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/|.*\\.mjs$)`],
    moduleNameMapper: moduleNames(),
  };
}
