import { BOARD_STATE_TYPE, base64Of, decodeBoardState, type BoardState } from '@parley/board/wire';
import { Boards } from '@parley/persistence';
import type { Booking, Json } from '@parley/protocol';
import { problemIn } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';
import { boardTopic } from './board-topic';

describe('the whiteboard of an exchange', () => {
  let servers: TestServers;
  let server: TestServer;
  let ann: Awaited<ReturnType<TestServer['person']>>;
  let ben: typeof ann;
  let cleo: typeof ann;
  let id: string;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open({ PARLEY_DEMO: 'off' });
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

  const path = (exchangeId = id): string => `/api/exchanges/${exchangeId}/board`;

  async function read(query = '', { browser } = ben): Promise<BoardState> {
    const response = await fetch(server.url + path() + query, { headers: { cookie: browser.cookie } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(BOARD_STATE_TYPE);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    return decodeBoardState(new Uint8Array(await response.arrayBuffer()));
  }

  async function store(payloads: readonly Json[], action = 'board-update'): Promise<void> {
    const { client } = await server.socket(ann.browser);
    const topic = boardTopic(id);
    client.send({ action: 'subscribe', topic, payload: null });
    for (const [place, payload] of payloads.entries()) {
      client.send({ action, topic, store: true, payload, id: `update-${place}` });
    }
    const last = `update-${payloads.length - 1}`;
    await client.next(({ type, payload }) => type === 'ack' && payload.id === last, 'the last ack');
    client.close();
  }

  const bytes = (...numbers: number[]): Uint8Array => Uint8Array.from(numbers);
  const update = (...numbers: number[]): { update: string } => ({ update: base64Of(bytes(...numbers)) });

  it('is empty at first', async () => {
    expect(await read()).toEqual({ seq: 0, tail: [] });
  });

  it('is what was stored, or what came after, without what is no update', async () => {
    const part = { of: 'drawing-1', index: 0, count: 2 };
    await store([update(1), { ...update(2), part }, { update: 5 }, null]);
    const [first, second] = [
      { userId: ann.user.id, update: bytes(1) },
      { userId: ann.user.id, update: bytes(2), part },
    ];
    expect(await read()).toEqual({ seq: 4, tail: [first, second] });
    expect(await read('?after=1', ann)).toEqual({ seq: 4, tail: [second] });
    expect(await read('?after=4')).toEqual({ seq: 4, tail: [] });
  });

  it('begins with the snapshot for whoever does not have it', async () => {
    await store([update(1), update(2)]);
    const boards = server.server.app.get(Boards);
    await boards.compact(boardTopic(id), () => Promise.resolve({ snapshot: bytes(9, 8), left: [] }));
    expect(await read()).toEqual({ seq: 2, snapshot: bytes(9, 8), tail: [] });
    expect(await read('?after=1')).toEqual({ seq: 2, snapshot: bytes(9, 8), tail: [] });
    expect(await read('?after=2')).toEqual({ seq: 2, tail: [] });
  });

  it('does not exist for others', async () => {
    const theirs = await cleo.browser.get(path());
    expect(problemIn(theirs)).toMatchObject({ status: 404, code: 'not-found' });
    expect((await cleo.browser.get(path('nonsense'))).body).toEqual(theirs.body);
    expect((await cleo.browser.get(path('00000000-0000-4000-8000-000000000000'))).body).toEqual(theirs.body);
    expect(problemIn(await server.browser().get(path()))).toMatchObject({ status: 401, code: 'not-signed-in' });
  });

  it('ends with the right to read: removed, or cancelled', async () => {
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    expect(problemIn(await ben.browser.get(path()))).toMatchObject({ status: 404, code: 'not-found' });
    await ann.browser.delete(`/api/bookings/${id}`);
    expect(problemIn(await ann.browser.get(path()))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('can be read when the exchange has ended', async () => {
    await store([update(1)]);
    await ann.browser.post(`/api/exchanges/${id}/end`);
    expect(await read()).toMatchObject({ seq: 1, tail: [{ update: bytes(1) }] });
  });

  it.each(['-1', '1.5', 'café', '9999999999999999', ''])('refuses after=%s', async (after) => {
    const answer = await ben.browser.get(`${path()}?after=${encodeURIComponent(after)}`);
    expect(problemIn(answer)).toMatchObject({ status: 400, errors: [{ field: 'after' }] });
  });

  it('is described with its type of content', async () => {
    const { body } = await server.browser().get<{ paths: Record<string, unknown> }>('/api/docs.json');
    expect(body.paths['/api/exchanges/{id}/board']).toMatchObject({
      get: {
        parameters: expect.arrayContaining([expect.objectContaining({ name: 'after', in: 'query' })]) as unknown,
        responses: { 200: { content: { [BOARD_STATE_TYPE]: {} } }, 404: {} },
      },
    });
  });
});
