import { PROBLEM_TYPE, problem, type Problem } from '@parley/protocol';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Asks a server like a browser: keeps its cookies, names its origin, speaks JSON. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url,
        ...(this.cookies.size === 0 ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.request('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.request('POST', path, body);
  }

  patch<T>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.request('PATCH', path, body);
  }

  delete<T>(path: string): Promise<Answer<T>> {
    return this.request('DELETE', path);
  }
}

/** The problem document of an answer, after checking that it is one and that its status is the answer's (A5). */
export function problemIn({ status, headers, body }: Answer<unknown>): Problem {
  expect(headers.get('content-type')).toMatch(new RegExp(`^${PROBLEM_TYPE.replace('+', '\\+')}`));
  const found = problem.parse(body);
  expect(found.status).toBe(status);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*\.ts|stack/);
  return found;
}
