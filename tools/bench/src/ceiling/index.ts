export { AT_ONCE, CEILING, ceiling, ONE_BY_ONE, oneRowEach } from './inserter';
export { payload } from './row';
