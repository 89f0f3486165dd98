import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SockAdapter } from '@parley/socket';
import { Logger } from 'nestjs-pino';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import { sessionMiddleware } from './auth/session-middleware';
import type { Config } from './config/config';
import { sessionSecret } from './config/session-secret';
import { LONGEST_UPLOAD_MS } from './files/upload-pace';
import { letFirst } from './http/first';
import { bodies } from './http/json-body';
import { describeApi } from './http/openapi';
import { originCheck } from './http/origin-check';
import { ProblemFilter } from './http/problem.filter';
import { noStore, securityHeaders } from './http/security-headers';
import { endsSlowBodies } from './http/slow-bodies';
import { validationPipe } from './http/validation.pipe';
import { webApp } from './http/web-app';
import { Metrics } from './metrics/metrics';
import { TicketWindow } from './socket/ticket-window';
import { StartupError } from './startup-error';

/** Node itself waits up to five minutes for a request that never ends. */
const GRACE_MS = 5_000;

/** A server that accepts requests. */
export interface RunningServer {
  readonly app: NestExpressApplication;
  /** Where it answers, like `http://127.0.0.1:3000`. */
  readonly url: string;
  /**
   * Lets requests under way end, then stops. The data source is closed with it.
   *
   * @param graceMs for those requests; what is not over then is cut off. Default 5 s.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * The whole server over an open, migrated database, not listening yet.
 *
 * @param webFolder the built web app
 */
export async function createApp(
  config: Config,
  dataSource: DataSource,
  webFolder: string,
): Promise<NestExpressApplication> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, dataSource), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  // Node gives all of a request five minutes, which a large file over a slow line needs more of. How slow that may be is
  // watched where it is taken in; other bodies are small and have less; headers have Node's own headersTimeout as before.
  app.getHttpServer().requestTimeout = LONGEST_UPLOAD_MS;
  app.use(endsSlowBodies());
  for (const handler of securityHeaders) app.use(handler);
  app.use(webApp(webFolder));
  const ticketWindow = app.get(TicketWindow);
  letFirst(app.getHttpServer(), ticketWindow.take);
  app.use('/api', noStore, app.get(Metrics).measure, originCheck(config.origins), ...bodies, ticketWindow.failed);
  app.use('/api', ...sessionMiddleware(config, dataSource, sessionSecret(config)));
  app.setGlobalPrefix('api');
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(validationPipe);
  describeApi(app);
  app.useWebSocketAdapter(new SockAdapter(app));
  return app;
}

/** @throws StartupError when it cannot listen there */
export async function startServer(config: Config, dataSource: DataSource, webFolder: string): Promise<RunningServer> {
  const app = await createApp(config, dataSource, webFolder);
  try {
    await app.init();
    // Not Nest's own listen(), which logs a failure beside throwing it.
    const http = app.getHttpServer().listen(config.port, config.host);
    await once(http, 'listening');
  } catch (error) {
    await app.close();
    throw cannotListen(config, error);
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { app, url, close: (graceMs = GRACE_MS) => close(app, graceMs) };
}

async function close(app: NestExpressApplication, graceMs: number): Promise<void> {
  // A client that comes back while the server drains (L4) would otherwise keep its connection, and with it the server.
  app.getHttpServer().prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  const late = setTimeout(() => app.getHttpServer().closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}

function cannotListen({ host, port }: Config, error: unknown): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use: another Parley, or another program. Stop it, or choose another with PORT=….`,
    EACCES: `Port ${port} needs more rights than this user has. Choose one above 1023 with PORT=….`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Correct HOST.`,
    ENOTFOUND: `HOST=${host} is not an address of this machine.`,
  };
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : reasons[code];
  return reason === undefined ? error : new StartupError(reason);
}
