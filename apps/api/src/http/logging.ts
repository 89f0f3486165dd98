import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule, type Params } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import type { LogFn } from 'pino';
import type { Config } from '../config/config';
import { describeError } from './error-description';

/**
 * JSON lines in production, readable ones otherwise. Of a request only its method and path: queries carry tickets,
 * headers carry cookies, bodies carry what people write. Of an error only what names it: a failed query's parameters
 * are people's data too.
 */
export function logging(config: Config): DynamicModule {
  return LoggerModule.forRoot({ pinoHttp: logOptions(config) });
}

/** What {@link logging} sets up; apart, so that a test can have the lines. */
export function logOptions(config: Pick<Config, 'production' | 'logLevel'>) {
  return {
    level: config.logLevel,
    genReqId: requestId,
    ...(config.production || config.logLevel === 'silent'
      ? {}
      : { transport: { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname' } } }),
    customLogLevel: (_request, response, error) =>
      response.statusCode >= 500 || error !== undefined ? 'error' : answeredLevel(config),
    serializers: { req: describeRequest, res: describeResponse, err: describe },
    hooks: { logMethod: withCause },
  } satisfies Params['pinoHttp'];
}

/** Of the line about a request that was answered without an error of ours. */
export function answeredLevel({ production }: Pick<Config, 'production'>): 'info' | 'debug' {
  return production ? 'info' : 'debug';
}

let lastId = 0;

/** Numbers requests, whichever way they are answered; what `pino-http` would do by itself for those that it sees. */
export function requestId(): number {
  lastId = (lastId + 1) & 0x7fffffff;
  return lastId;
}

/** `logger.error('text', error)`: pino takes the error for something to print into the text, where it has no place. */
function withCause(this: unknown, args: Parameters<LogFn>, log: LogFn): void {
  const [about, text, error, ...rest] = args as unknown[];
  if (typeof about === 'object' && typeof text === 'string' && error instanceof Error && rest.length === 0) {
    log.call(this, { ...about, err: error }, text);
  } else {
    log.apply(this, args);
  }
}

function describeRequest({ id, method, url }: IncomingMessage & { id: unknown }) {
  return { id, method, path: url?.split('?', 1)[0] };
}

function describeResponse({ statusCode }: ServerResponse) {
  return { statusCode };
}

/** pino-http has told the error in its own words already, those of its causes among them; it keeps the error as `raw`. */
function describe(error: Error & { readonly raw?: unknown }) {
  return describeError(error.raw instanceof Error ? error.raw : error);
}
