import { RawSocket } from '@parley/harness';
import { formatTopic, session, ticket } from '@parley/protocol';
import { SESSION_SECRET, Stack } from '../stack/stack';
import { inGroups, seedExchanges, seedPeople, seedTickets, type SeededPerson } from '.';

describe('seeded people', () => {
  let stack: Stack;
  let ann: SeededPerson;
  let ben: SeededPerson;
  let stranger: SeededPerson;
  let topic: string;

  beforeAll(async () => {
    stack = await Stack.start();
    const people = await seedPeople(stack.database, 4, SESSION_SECRET);
    [ann, ben, stranger] = people as [SeededPerson, SeededPerson, SeededPerson];
    const [id] = await seedExchanges(stack.database, inGroups(people, 2));
    topic = formatTopic('exchange', 'text', id!);
  });

  afterAll(async () => {
    await stack.stop();
  });

  function ask(method: string, path: string, cookie: string): Promise<Response> {
    return fetch(stack.server.url + path, { method, headers: { cookie, origin: stack.server.url } });
  }

  async function connect(grant: string): Promise<RawSocket> {
    const { socket } = await RawSocket.upgrade(`${stack.server.socketUrl}?ticket=${encodeURIComponent(grant)}`);
    return socket!;
  }

  it('have a session that the server knows', async () => {
    const answer = await ask('GET', '/api/session', ann.cookie);
    expect(answer.status).toBe(200);
    expect(session.parse(await answer.json()).user).toMatchObject({ id: ann.userId, name: ann.name });
  });

  it('have no session with a cookie that is not signed with the server’s secret', async () => {
    const [other] = await seedPeople(stack.database, 1, 'another secret of at least 32 characters');
    expect((await ask('GET', '/api/session', other!.cookie)).status).toBe(401);
  });

  it('[T1] [S3] get a ticket, and are let into their own exchange', async () => {
    const answer = await ask('POST', '/api/ticket', ann.cookie);
    const socket = await connect(ticket.parse(await answer.json()).ticket);
    expect(await socket.ask({ action: 'subscribe', topic })).toMatchObject({ type: 'subscribe' });
    await socket.close();
  });

  it('[T2] come in with a seeded ticket, once, and see each other', async () => {
    const [first, second] = await seedTickets(stack.database, [ann, ben]);
    const [one, two] = [await connect(first!.ticket), await connect(second!.ticket)];
    expect(await one.ask({ action: 'subscribe', topic })).toMatchObject({ type: 'subscribe' });
    expect(await two.ask({ action: 'subscribe', topic })).toMatchObject({
      payload: { participants: [{ userId: ann.userId }, { userId: ben.userId }] },
    });
    const again = await RawSocket.upgrade(`${stack.server.socketUrl}?ticket=${encodeURIComponent(first!.ticket)}`);
    expect(again).toMatchObject({ status: 401 });
    await Promise.all([one.close(), two.close()]);
  });

  it('[S1] are refused in the exchange of others', async () => {
    const [grant] = await seedTickets(stack.database, [stranger]);
    const socket = await connect(grant!.ticket);
    expect(await socket.ask({ action: 'subscribe', topic })).toMatchObject({
      type: 'error',
      payload: { code: 'forbidden' },
    });
    await socket.close();
  });
});
