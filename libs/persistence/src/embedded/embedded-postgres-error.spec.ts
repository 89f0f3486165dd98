import { inWords } from './embedded-postgres-error';

describe('inWords', () => {
  it.each([
    ['FATAL:  could not write lock file: No space left on device', 'the disk is full'],
    ['initdb: error: could not create directory: Read-only file system', 'the disk is read-only'],
    ['FATAL:  database files are incompatible with server', 'written by another Postgres version'],
  ])('knows %s', (output, words) => {
    const { message } = inWords('The database did not start', output, '/x/postgres.log');
    expect(message).toContain(`The database did not start: `);
    expect(message).toContain(words);
  });

  it('quotes the end of what it does not know, and says where the rest is', () => {
    const { message } = inWords('It failed', 'one\ntwo\nthree\nfour\n', '/x/postgres.log');
    expect(message).toBe('It failed: two · three · four (more in /x/postgres.log)');
    expect(inWords('It failed', '', '/x/postgres.log').message).toContain('it said nothing');
  });
});
