import { QueryFailedError } from 'typeorm';
import { isOutOfReach } from './out-of-reach';

const coded = (code: string, message = 'café'): Error => Object.assign(new Error(message), { code });

describe('a database out of reach', () => {
  it.each([
    ['refuses connections', coded('ECONNREFUSED')],
    ['has no name at the moment', coded('ENOTFOUND')],
    ['has no socket file', coded('ENOENT', 'connect ENOENT /run/postgresql/.s.PGSQL.5432')],
    ['is starting', coded('57P03')],
    ['crashed', new QueryFailedError('SELECT 1', [], coded('57P02'))],
    ['lost the connection', coded('08006')],
    ['ended the connection', new Error('Connection terminated unexpectedly')],
    ['had ended the connection', new Error('Client has encountered a connection error and is not queryable')],
    ['does not answer', new Error('Query read timeout')],
    ['has too much to do', new Error('timeout exceeded when trying to connect')],
  ])('%s', (_what, error) => expect(isOutOfReach(error)).toBe(true));

  it.each([
    ['a file is missing', coded('ENOENT', "ENOENT: no such file or directory, open 'index.html'")],
    ['a statement is wrong', new QueryFailedError('SELEC', [], coded('42601'))],
    ['something else is', new TypeError('x is undefined')],
    ['what was thrown is no error', 'café'],
  ])('is not meant when %s', (_what, error) => expect(isOutOfReach(error)).toBe(false));
});
