import { Logger, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger as PinoLogger, LoggerModule } from 'nestjs-pino';
import { Writable } from 'node:stream';
import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';
import { logOptions } from './logging';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly context: string;
  readonly err: {
    readonly message: string;
    readonly code: string;
    readonly stack: string;
    readonly cause?: Line['err'];
  };
}

describe('the log', () => {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  let context: INestApplicationContext;
  // Like every class of the engine does it.
  const logger = new Logger('PublicationLane');

  @Module({
    imports: [LoggerModule.forRoot({ pinoHttp: [logOptions({ production: true, logLevel: 'info' }), stream] })],
  })
  class Logging {}

  beforeAll(async () => {
    context = await NestFactory.createApplicationContext(Logging);
    context.useLogger(context.get(PinoLogger));
  });

  afterAll(() => context.close());

  beforeEach(() => {
    written.length = 0;
  });

  function line(): Line {
    expect(written).toHaveLength(1);
    return JSON.parse(written[0] ?? '') as Line;
  }

  it('has the text and the error that comes after it, with its cause', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    logger.error('A message of exchange/text:1 could not be stored.', new Error('the lane is closed', { cause }));
    expect(line()).toMatchObject({
      level: 50,
      context: 'PublicationLane',
      msg: 'A message of exchange/text:1 could not be stored.',
      err: {
        type: 'Error',
        message: 'the lane is closed',
        stack: expect.stringMatching(/logging\.spec/) as string,
        cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
      },
    });
  });

  it('leaves other calls as they are', () => {
    logger.warn('Trying again in %d s.', 5);
    expect(line().msg).toBe('Trying again in 5 s.');
    written.length = 0;
    logger.error(new Error('alone'));
    expect(line().err.message).toBe('alone');
  });

  it.each(['22P02', '23505'])('keeps out what people wrote when Postgres fails with %s', (code) => {
    const body = 'café 👩‍👩‍👧 日本語';
    const words = code === '23505' ? 'duplicate key value' : `invalid input syntax for type uuid: "${body}"`;
    const failure = Object.assign(new DatabaseError(words, 1, 'error'), {
      code,
      detail: `Key (email)=(${body}) already exists.`,
      where: `COPY t, line 1: "${body}"`,
      parameters: [body],
    });
    logger.error('It could not be stored.', failure);
    logger.error('It could not be stored.', new QueryFailedError('INSERT', [body], failure));
    logger.error('It could not be stored.', new Error('batch', { cause: failure }));
    expect(written).toHaveLength(3);
    for (const each of written) {
      expect(each).not.toMatch(/café|日本語/);
      expect(each).toContain(`"code":"${code}"`);
      expect(each).toMatch(/logging\.spec/);
    }
  });
});
