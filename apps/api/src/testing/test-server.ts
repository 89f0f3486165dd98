import { createDataSource } from '@parley/persistence';
import { startTestPostgres, type TestPostgres } from '@parley/persistence/testing';
import type { Ticket, User } from '@parley/protocol';
import { RawClient } from '@parley/socket/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { startServer, type RunningServer } from '../app';
import { readConfig } from '../config/config';
import { Browser } from './browser';

export const password = 'correct horse 🐴';

/** Several servers over one Postgres, each with a database of its own unless it is told to share one. */
export class TestServers {
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly postgres: TestPostgres,
    readonly folder: string,
  ) {}

  static async start(options: Parameters<typeof startTestPostgres>[0] = {}): Promise<TestServers> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-api-'));
    mkdirSync(join(folder, 'web'));
    writeFileSync(
      join(folder, 'web/index.html'),
      '<!doctype html><html><head><style>a{}</style></head><body><parley-root></parley-root></body></html>',
    );
    writeFileSync(join(folder, 'web/chunk-B9ypt-Li.js'), 'export {};');
    writeFileSync(join(folder, 'web/favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    return new TestServers(await startTestPostgres(options), folder);
  }

  async open(environment: Record<string, string> = {}, databaseUrl?: string): Promise<TestServer> {
    const url = databaseUrl ?? (await this.postgres.createDatabase());
    const config = readConfig(
      {
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'silent',
        PARLEY_DATA: this.folder,
        PARLEY_RELAY: 'off',
        ...environment,
      },
      this.folder,
    );
    const dataSource = await createDataSource({ url, poolSize: 10, timeoutMs: config.databaseTimeoutMs }).initialize();
    const server = await startServer(config, dataSource, join(this.folder, 'web'));
    const closed = new Set<RunningServer>();
    const close = async (graceMs?: number): Promise<void> => {
      if (closed.has(server)) return;
      closed.add(server);
      await server.close(graceMs);
    };
    this.closers.push(close);
    return new TestServer(server, dataSource, url, close);
  }

  async stop(): Promise<void> {
    await Promise.all(this.closers.map((close) => close()));
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class TestServer {
  private people = 0;

  constructor(
    readonly server: RunningServer,
    readonly dataSource: DataSource,
    readonly databaseUrl: string,
    readonly close: (graceMs?: number) => Promise<void>,
  ) {}

  get url(): string {
    return this.server.url;
  }

  browser(headers: Record<string, string> = {}): Browser {
    return new Browser(this.url, headers);
  }

  /**
   * A socket of whoever is signed in there.
   *
   * @param resume the connection that it goes on with
   */
  async socket(browser: Browser, resume?: string): Promise<{ readonly client: RawClient; readonly id: string }> {
    const { body } = await browser.post<Ticket>('/api/ticket', resume === undefined ? {} : { resume });
    const url = `${this.url.replace(/^http/, 'ws')}/sock?ticket=${body.ticket}`;
    return { client: await RawClient.open(url), id: body.connectionId };
  }

  /** A registered person in a browser where they are signed in. */
  async person(name = 'Ann'): Promise<{ readonly browser: Browser; readonly user: User }> {
    this.people += 1;
    const browser = this.browser();
    const email = `person-${this.people}@example.org`;
    const { body, status } = await browser.post<{ user: User }>('/api/accounts', { email, name, password });
    expect(status).toBe(201);
    return { browser, user: body.user };
  }
}
