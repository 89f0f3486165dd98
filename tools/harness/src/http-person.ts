import { session, ticket, type Ticket } from '@parley/protocol';
import type { z } from 'zod';

/** Long enough for any password rule; the same for everyone who exists only in a test. */
const PASSWORD = 'correct horse battery staple 日本';

let registered = 0;

/** Where a server is reached: directly, or by way of a proxy. */
export interface ServerAddress {
  /** Like `http://127.0.0.1:3000`, without a slash at the end. */
  readonly url: string;
  /** Like `ws://127.0.0.1:3000/sock`. */
  readonly socketUrl: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON, else text. */
  readonly body: unknown;
}

/** Someone who talks to the server over HTTP with the cookie of a session, as a page of ours would. */
export class HttpPerson {
  userId = '';
  name = '';
  email = '';
  password = PASSWORD;
  private cookie: string | undefined;

  constructor(public server: ServerAddress) {}

  /** Makes an account and signs in to it. */
  static async register(server: ServerAddress, name: string): Promise<HttpPerson> {
    const person = new HttpPerson(server);
    registered += 1;
    const email = `person-${process.pid}-${registered}@example.org`;
    const { user } = await person.expect(session, 'POST', '/api/accounts', { email, name, password: PASSWORD });
    person.become(user);
    if (person.cookie === undefined) await person.signIn();
    return person;
  }

  /** The same person in another browser, or at another node of the same service: a session of its own. */
  async elsewhere(server: ServerAddress = this.server): Promise<HttpPerson> {
    const other = new HttpPerson(server);
    other.email = this.email;
    other.password = this.password;
    await other.signIn();
    return other;
  }

  /** The same session at another node, or by another way. */
  at(server: ServerAddress): HttpPerson {
    const same = new HttpPerson(server);
    Object.assign(same, { userId: this.userId, name: this.name, email: this.email, cookie: this.cookie });
    return same;
  }

  async signIn(): Promise<void> {
    const { email, password } = this;
    const { user } = await this.expect(session, 'POST', '/api/session', { email, password });
    this.become(user);
  }

  async signOut(): Promise<void> {
    await this.request('DELETE', '/api/session');
  }

  /** @param resume the connectionId to come back under (T4) */
  ticket(resume?: string): Promise<Ticket> {
    return this.expect(ticket, 'POST', '/api/ticket', resume === undefined ? {} : { resume });
  }

  /** @throws Error unless the answer is a success of the given form */
  async expect<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.output<S>> {
    const answer = await this.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  }

  /** What is there as it is sent, whatever its type. */
  async download(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Omit<Answer, 'body'> & { readonly bytes: Uint8Array }> {
    const response = await fetch(this.server.url + path, {
      redirect: 'manual',
      headers: { ...(this.cookie === undefined ? {} : { cookie: this.cookie }), ...headers },
    });
    this.remember(response.headers.getSetCookie());
    return {
      status: response.status,
      headers: response.headers,
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  }

  /**
   * Sends bytes as they are.
   *
   * @param body a stream has no length that is known before
   * @param signal breaks it off
   */
  async upload(
    path: string,
    body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
    options: { readonly type?: string; readonly signal?: AbortSignal } = {},
  ): Promise<Answer> {
    const { type = 'application/octet-stream', signal } = options;
    const request: RequestInit & { readonly duplex: 'half' } = {
      method: 'POST',
      redirect: 'manual',
      headers: {
        origin: this.server.url,
        'content-type': type,
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      },
      body,
      duplex: 'half',
      ...(signal && { signal }),
    };
    const response = await fetch(this.server.url + path, request);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(this.server.url + path, {
      method,
      redirect: 'manual',
      headers: {
        // What a browser sends from our own pages.
        ...(method === 'GET' ? {} : { origin: this.server.url }),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    this.remember(response.headers.getSetCookie());
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? (JSON.parse(text) as unknown) : text };
  }

  private become(user: { id: string; name: string; email: string }): void {
    this.userId = user.id;
    this.name = user.name;
    this.email = user.email;
  }

  private remember(cookies: readonly string[]): void {
    const [first] = cookies;
    if (first === undefined) return;
    const pair = first.split(';', 1)[0] ?? '';
    this.cookie = pair.endsWith('=') || /expires=Thu, 01 Jan 1970/i.test(first) ? undefined : pair;
  }
}
