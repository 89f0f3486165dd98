import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import type { Config } from '../config/config';

/**
 * JSON lines in production, readable ones otherwise. Of a request only its method and path: queries carry tickets,
 * headers carry cookies, bodies carry what people write. Of an error only what names it: a failed query's parameters
 * are people's data too.
 */
export function logging(config: Config): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level: config.logLevel,
      ...(config.production || config.logLevel === 'silent'
        ? {}
        : { transport: { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname' } } }),
      customLogLevel: (_request, response, error) =>
        response.statusCode >= 500 || error !== undefined ? 'error' : config.production ? 'info' : 'debug',
      serializers: { req: describeRequest, res: describeResponse, err: describeError },
    },
  });
}

function describeRequest({ id, method, url }: IncomingMessage & { id: unknown }) {
  return { id, method, path: url?.split('?', 1)[0] };
}

function describeResponse({ statusCode }: ServerResponse) {
  return { statusCode };
}

function describeError(error: Error & { code?: unknown; type?: unknown }) {
  return { type: error.type ?? error.name, message: error.message, code: error.code, stack: error.stack };
}
