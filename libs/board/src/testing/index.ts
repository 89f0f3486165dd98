export * from './random-edits';
export * from './board-world';
