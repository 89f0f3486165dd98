import { globSync } from 'node:fs';

/** Every project's unit tests in one run: `npx jest`. Each project's own file says how it is tested. */
export default {
  projects: globSync('{apps,libs,tools}/**/jest.config.ts', { exclude: (path) => path.includes('node_modules') }),
};
