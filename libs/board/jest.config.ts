import { nodeProject } from '../../tools/jest/node-project.mjs';

export default nodeProject(import.meta.dirname, 'board');
