export * from './random-edits';
