export { forgetKeptBoards } from './indexed-db-keep';
