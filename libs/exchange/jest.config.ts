import { angularProject } from '../../tools/jest/angular-project.mjs';

export default angularProject(import.meta.dirname, 'exchange');
