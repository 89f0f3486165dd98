import { nodeProject } from '../../tools/jest/node-project.mjs';

/** The journeys without a browser. They start servers, so only `apps/e2e/run.mjs` asks for them. */
export default {
  ...nodeProject(import.meta.dirname, 'e2e'),
  testMatch: process.env.PARLEY_TEST_KIND === 'raw' ? ['<rootDir>/src/raw/**/*.journey.ts'] : [],
  testTimeout: 60_000,
  slowTestThreshold: 30,
};
