import { samplePng } from '@parley/persistence/testing';
import {
  FILES_MAX,
  FILE_BYTES_MAX,
  exchangeFile,
  exchangeFiles,
  type Booking,
  type ExchangeFile,
} from '@parley/protocol';
import { problemIn, type Answer } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';
import { buildThreadProgram } from '../testing/thread-program';
import { FileInspector } from './file-inspector';
import { longestFor, UPLOAD_PACE } from './upload-pace';

describe('[A8] the files of an exchange', () => {
  let servers: TestServers;
  let server: TestServer;
  let ann: Awaited<ReturnType<TestServer['person']>>;
  let ben: typeof ann;
  let cleo: typeof ann;
  let id: string;
  let inspector: FileInspector;
  const content = samplePng(3, 4, 600_000);

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open({ PARLEY_DEMO: 'off' });
    // The build puts the program beside the server; here it is elsewhere.
    inspector = new FileInspector({
      program: await buildThreadProgram('files/inspect/inspect-program.ts', servers.folder),
    });
    const theirs = server.server.app.get(FileInspector, { strict: false });
    jest.spyOn(theirs, 'inspect').mockImplementation((...all) => inspector.inspect(...all));
    [ann, ben, cleo] = [await server.person('Ann'), await server.person('Ben'), await server.person('Cleo')];
  });

  afterAll(() => servers.stop());

  beforeEach(async () => {
    const { body } = await ann.browser.post<Booking>('/api/bookings', {
      title: 'Drawing café 👩‍👩‍👧 日本語',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T10:00:00.000Z',
      timeZone: 'Europe/Madrid',
      participants: [ben.user.email],
    });
    id = body.id;
  });

  const files = (): string => `/api/exchanges/${id}/files`;

  async function send(
    query: string,
    headers: Record<string, string> = {},
    body: Buffer | ReadableStream<Uint8Array> = content,
  ): Promise<Answer<Record<string, unknown>>> {
    const response = await fetch(`${server.url}${files()}${query}`, {
      method: 'POST',
      headers: { origin: server.url, cookie: ben.browser.cookie, ...headers },
      body: body instanceof ReadableStream ? body : Uint8Array.from(body),
      ...{ duplex: 'half' },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as never };
  }

  async function add(name = 'x.png', headers: Record<string, string> = {}): Promise<ExchangeFile> {
    const { status, body } = await send(`?name=${encodeURIComponent(name)}`, headers);
    expect([status, body]).toEqual([201, expect.anything()]);
    return exchangeFile.parse(body);
  }

  const ask = (fileId: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(`${server.url}${files()}/${fileId}`, { method, headers: { cookie: ann.browser.cookie, ...headers } });

  const list = async (): Promise<ExchangeFile[]> => exchangeFiles.parse((await ann.browser.get(files())).body).files;

  it.each(['application/json', 'text/html', 'image/png', 'multipart/form-data; boundary=x'])(
    'are taken as they are when the request calls them %s',
    async (type) => {
      const file = await add('x.png', { 'content-type': type });
      const bytes = Buffer.from(await (await ask(file.id)).arrayBuffer());
      expect(bytes.equals(content)).toBe(true);
    },
  );

  it('are taken from pages of ours alone', async () => {
    const elsewhere = await send('?name=x.png', { origin: 'https://elsewhere.example.org' });
    expect(problemIn(elsewhere)).toMatchObject({ status: 403, code: 'bad-origin' });
    const nobody = await send('?name=x.png', { cookie: '' });
    expect(problemIn(nobody)).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(await list()).toEqual([]);
  });

  it('are called what people can read, with an ending that is true', async () => {
    expect((await add('../café 👩‍👩‍👧 日本語\u202e.html')).name).toBe('café 👩‍👩‍👧 日本語.html.png');
    for (const query of ['', '?name=', '?name=..', '?name=%00', '?name=a&name=b']) {
      expect(problemIn(await send(query))).toMatchObject({ status: 400, errors: [{ field: 'name' }] });
    }
  });

  it('are listed with the newest first', async () => {
    const all = [await add('1.png'), await add('2.png'), await add('3.png')];
    expect(await list()).toEqual(all.toReversed());
  });

  it('are not sent again to whoever has them, and asked for each time', async () => {
    const { id: fileId } = await add();
    const first = await ask(fileId);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const etag = first.headers.get('etag') ?? '';
    const again = await ask(fileId, { 'if-none-match': etag, 'cache-control': 'max-age=0' });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    const removed = await ask(fileId, { 'if-none-match': etag, cookie: ben.browser.cookie });
    expect(removed.status).toBe(404);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=262143-262144', 262_143, 262_144],
    ['bytes=599990-', 599_990, 599_999],
    ['bytes=599990-700000', 599_990, 599_999],
    ['bytes=-10', 599_990, 599_999],
    ['bytes=0-5,3-9', 0, 9],
  ])('come in part: %s', async (range, first, last) => {
    const { id: fileId } = await add();
    const answer = await ask(fileId, { range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/600000`);
    expect(answer.headers.get('content-length')).toBe(String(last - first + 1));
    expect(Buffer.from(await answer.arrayBuffer()).equals(content.subarray(first, last + 1))).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['several parts', { range: 'bytes=0-1,5-6' }],
    ['what is no range', { range: 'bytes=x' }],
    ['other units', { range: 'lines=1-2' }],
    ['a part of something else', { range: 'bytes=0-1', 'if-range': '"another"' }],
  ])('come whole when asked for %s', async (_what, headers) => {
    const { id: fileId } = await add();
    const answer = await ask(fileId, headers);
    expect([answer.status, answer.headers.get('content-range')]).toEqual([200, null]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  });

  it('have no part past their end', async () => {
    const { id: fileId } = await add();
    const answer = await ask(fileId, { range: 'bytes=600000-' });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */600000']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'out-of-range' });
  });

  it('say how large they are to whoever does not want them', async () => {
    const { id: fileId } = await add();
    const answer = await ask(fileId, {}, 'HEAD');
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '600000', '']);
  });

  it('break off where their content does, and never look whole then', async () => {
    const { id: fileId } = await add();
    await server.dataSource.query('DELETE FROM exchange_file_chunks WHERE file_id = $1 AND index = 1', [fileId]);
    await expect(ask(fileId).then((answer) => answer.arrayBuffer())).rejects.toThrow('terminated');
  });

  it('are 200 at most', async () => {
    await server.dataSource.query(
      `INSERT INTO exchange_files (id, exchange_id, name, type, bytes, pages, width, height, added_by)
        SELECT gen_random_uuid(), $1, 'x.png', 'image/png', 1, 1, 1, 1, $2 FROM generate_series(1, $3)`,
      [id, ann.user.id, FILES_MAX],
    );
    expect(problemIn(await send('?name=x.png'))).toMatchObject({ status: 409, code: 'too-many-files' });
    expect(await list()).toHaveLength(FILES_MAX);
  });

  it('stay when the booking is cancelled, and nobody reads them then', async () => {
    const { id: fileId } = await add();
    await ann.browser.delete(`/api/bookings/${id}`);
    expect(problemIn(await send('?name=x.png'))).toMatchObject({ status: 409, code: 'booking-cancelled' });
    const removal = await ann.browser.delete(`${files()}/${fileId}`);
    expect(problemIn(removal)).toMatchObject({ status: 409, code: 'booking-cancelled' });
    expect(problemIn(await ann.browser.get(files()))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('are not where there is nothing', async () => {
    for (const { path, method } of [
      { method: 'GET', path: `${files()}/nonsense` },
      { method: 'DELETE', path: `${files()}/00000000-0000-4000-8000-000000000000` },
    ]) {
      expect(problemIn(await ann.browser.request(method, path))).toMatchObject({ status: 404, code: 'not-found' });
    }
    for (const path of [files(), '/api/exchanges/nonsense/files']) {
      expect(problemIn(await cleo.browser.get(path))).toMatchObject({ status: 404, code: 'not-found' });
    }
  });

  it('are never a page of ours, whatever is in them', async () => {
    const { headers } = await ask((await add('x.html')).id);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^attachment; .*filename="x.html.png"/) as string,
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  });

  it('are removed by who added them and by the host, and by nobody else', async () => {
    await ann.browser.post(`/api/bookings/${id}/participants`, { email: cleo.user.email });
    const [first, second] = [await add(), await add()];
    const theirs = await cleo.browser.delete(`${files()}/${first.id}`);
    expect(problemIn(theirs)).toMatchObject({ status: 403, code: 'not-yours' });
    expect(await list()).toHaveLength(2);
    expect((await ben.browser.delete(`${files()}/${first.id}`)).status).toBe(204);
    expect((await ann.browser.delete(`${files()}/${second.id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('have 25 MB at most, and not a byte more', async () => {
    const { status } = await send('?name=x.png', {}, samplePng(1, 1, FILE_BYTES_MAX));
    expect(status).toBe(201);
    const tooMuch = samplePng(1, 1, FILE_BYTES_MAX + 1);
    for (const body of [tooMuch, new Blob([Uint8Array.from(tooMuch)]).stream()]) {
      expect(problemIn(await send('?name=x.png', {}, body))).toMatchObject({ status: 413, code: 'too-large' });
    }
    expect(await list()).toHaveLength(1);
  });

  it('make place for others when they stop coming', async () => {
    const pace = jest.replaceProperty(UPLOAD_PACE, 'idleMs', 100);
    const stuck = (): ReadableStream<Uint8Array> =>
      new ReadableStream({ start: (controller) => controller.enqueue(content.subarray(0, 300_000)) });
    const answers = await Promise.all([1, 2, 3].map(() => send('?name=x.png', {}, stuck())));
    pace.restore();
    for (const answer of answers) expect(problemIn(answer)).toMatchObject({ status: 400, code: 'upload-broken-off' });
    await add();
    expect(await list()).toHaveLength(1);
  });

  it('may take as long as the slowest line needs, and headers may not', () => {
    const http = server.server.app.getHttpServer();
    expect(http.requestTimeout).toBeGreaterThan(longestFor(FILE_BYTES_MAX));
    expect(http.headersTimeout).toBeGreaterThan(0);
    expect(http.headersTimeout).toBeLessThanOrEqual(60_000);
  });

  it('are counted: kept, and refused', async () => {
    await add();
    await send('?name=x.png', {}, Buffer.from('<!doctype html>'));
    const { body } = await server.browser().get<string>('/api/metrics');
    for (const outcome of ['kept', 'refused']) {
      expect(body).toMatch(new RegExp(`parley_file_uploads_total\\{outcome="${outcome}"\\} [1-9]`));
    }
    expect(body).toMatch(/parley_file_inspection_seconds_count [1-9]/);
  });

  it('are described with what they may be', async () => {
    const { body } = await server.browser().get<{ paths: Record<string, unknown> }>('/api/docs.json');
    expect(body.paths['/api/exchanges/{id}/files']).toMatchObject({
      get: { responses: { 200: {}, 404: {} } },
      post: {
        parameters: expect.arrayContaining([expect.objectContaining({ name: 'name', in: 'query' })]) as unknown,
        requestBody: { content: { 'application/octet-stream': {}, 'application/pdf': {} } },
        responses: { 201: {}, 409: {}, 413: {}, 415: {}, 422: {}, 429: {} },
      },
    });
    expect(body.paths['/api/exchanges/{id}/files/{fileId}']).toMatchObject({
      get: { responses: { 200: { content: { 'application/pdf': {} } }, 206: {}, 404: {}, 416: {} } },
      delete: { responses: { 204: {}, 403: {}, 409: {} } },
    });
  });
});
