import { formatTopic, iceServers, type Booking, type IceServers } from '@parley/protocol';
import { Coturn, RawSocket, type HttpPerson } from '@parley/harness';
import { World } from '@parley/harness/world';
import { probeTurn, turnCredentials } from '@parley/turn';
import { TurnClient, describeWithCoturn } from '@parley/turn/testing';
import { setImmediate } from 'node:timers/promises';

const signal = { description: { type: 'offer', sdp: 'café 👩‍👩‍👧 日本語' } };

describeWithCoturn('a call’s signals and its relay', () => {
  let coturn: Coturn;
  let world: World;
  let made: Booking;
  let topic: string;
  let ann: RawSocket;
  let ben: RawSocket;
  let cleo: RawSocket;

  beforeAll(async () => {
    coturn = await Coturn.start();
    // A lease that lasts longer than any test: whoever is told is told by the push.
    world = await World.start({ ...coturn.env, LIMIT_LEASE_MS: '600000' });
  });

  beforeEach(async () => {
    made = await world.book(world.ann, [world.ben]);
    topic = formatTopic('exchange', 'call', made.id);
    [ann, ben, cleo] = await Promise.all([
      RawSocket.connect(world.ann),
      RawSocket.connect(world.ben),
      RawSocket.connect(world.cleo),
    ]);
    await Promise.all([ann.subscribe(topic), ben.subscribe(topic)]);
  });

  afterEach(async () => {
    await Promise.all([ann, ben, cleo].filter(({ isOpen }) => isOpen).map((socket) => socket.close()));
    await world.stillServes();
  });

  afterAll(async () => {
    await world.stop();
    await coturn.stop();
  });

  const path = (): string => `/api/exchanges/${made.id}/ice-servers`;
  const servers = (person: HttpPerson): Promise<IceServers> => person.expect(iceServers, 'GET', path());

  async function credentialsOf(person: HttpPerson): Promise<{ username: string; credential: string }> {
    const turn = (await servers(person)).iceServers.find(({ username }) => username !== undefined);
    return { username: turn?.username ?? '', credential: turn?.credential ?? '' };
  }

  /** What the real relay answers: undefined when it relays, else its error code. */
  async function refused(credentials: { username: string; credential: string }): Promise<number | undefined> {
    const client = await TurnClient.open(coturn.urls[0] ?? '', credentials);
    const { error } = await client.allocate();
    client.close();
    return error;
  }

  function tell(from: RawSocket, to: readonly RawSocket[]) {
    const frame = { action: 'call-signal', topic, to: to.map(({ connectionId }) => connectionId), payload: signal };
    return from.ask(frame);
  }

  it('[P4] a directed message reaches those it names, and nobody else', async () => {
    const second = await RawSocket.connect(world.ben);
    await second.subscribe(topic);
    expect((await tell(ann, [ben])).type).toBe('ack');
    const [heard] = await ben.count('call-signal', 1);
    expect(heard).toMatchObject({ topic, sender: ann.connectionId, userId: world.ann.userId, payload: signal });
    for (const socket of [ann, second, cleo]) {
      await socket.settled();
      expect(socket.of('call-signal')).toEqual([]);
    }
    await second.close();
  });

  it('[S1] [S4] [P4] Cleo cannot subscribe, cannot signal, and hears nothing that is sent to her', async () => {
    expect((await cleo.ask({ action: 'subscribe', topic })).payload.code).toBe('forbidden');
    for (const to of [[ann], [ann, ben, cleo]]) {
      expect((await tell(cleo, to)).payload.code).toBe('not-subscribed');
    }
    // Also when somebody in the call names her connection.
    expect((await tell(ann, [cleo, ben])).type).toBe('ack');
    await ben.count('call-signal', 1);
    for (const socket of [ann, cleo]) {
      await socket.settled();
      expect(socket.of('call-signal')).toEqual([]);
    }
    expect(ben.of('call-signal').map(({ sender }) => sender)).toEqual([ann.connectionId]);
  });

  it('[A4] Cleo gets no servers, and neither does who is not signed in', async () => {
    const { status, body } = await world.cleo.request('GET', path());
    expect(status).toBe(404);
    expect(body).toEqual((await world.cleo.request('GET', `/api/exchanges/${made.id}`)).body);
    const response = await fetch(world.server.url + path());
    expect(response.status).toBe(401);
  });

  it('[S6] [P4] [A4] who is removed gets no signal and no servers from that moment on', async () => {
    expect((await servers(world.ben)).relay).toBe(true);
    await tell(ann, [ben]);
    await ben.count('call-signal', 1);
    await world.ann.request('DELETE', `/api/bookings/${made.id}/participants/${world.ben.userId}`);
    // The removal is answered, so it is over.
    await tell(ann, [ben]);
    expect((await world.ben.request('GET', path())).status).toBe(404);
    expect((await tell(ben, [ann])).payload.code).toBe('not-subscribed');
    await ben.count('unsubscribe', 1);
    await ben.settled();
    expect(ben.of('call-signal')).toHaveLength(1);
    await ann.settled();
    expect(ann.of('call-signal')).toEqual([]);
    expect((await ann.count('unsubscriber', 1))[0]?.payload).toMatchObject({ userId: world.ben.userId });
  });

  it('[T4] [P4] a connection that was resumed gets directed messages again, under the same connectionId', async () => {
    ben.terminate();
    await ben.closed();
    const again = await RawSocket.connect(world.ben, await world.ben.ticket(ben.connectionId));
    expect(again.connectionId).toBe(ben.connectionId);
    await again.subscribe(topic);
    await tell(ann, [ben]);
    const [heard] = await again.count('call-signal', 1);
    expect(heard?.payload).toEqual(signal);
    await tell(again, [ann]);
    expect((await ann.count('call-signal', 1))[0]?.sender).toBe(ben.connectionId);
    expect(ann.of('unsubscriber')).toEqual([]);
    await again.close();
  });

  it('[A4] the relay takes everyone’s own credentials, for ten minutes', async () => {
    for (const person of [world.ann, world.ben]) {
      const { lifetimeSeconds } = await servers(person);
      const credentials = await credentialsOf(person);
      expect(credentials.username).toMatch(new RegExp(`^\\d+:${person.userId}$`));
      expect(lifetimeSeconds).toBe(600);
      expect(await refused(credentials)).toBeUndefined();
    }
  });

  it('[A4] the relay refuses with 401 what is wrong, expired or someone else’s', async () => {
    const [hers, his] = [await credentialsOf(world.ann), await credentialsOf(world.ben)];
    const [expiry = ''] = hers.username.split(':');
    const expired = turnCredentials({ secret: coturn.secret, userId: world.ann.userId, ttlMs: -1_000 });
    expect(await refused({ ...hers, credential: 'd3Jvbmc=' })).toBe(401);
    expect(await refused(expired)).toBe(401);
    expect(await refused({ ...hers, credential: his.credential })).toBe(401);
    expect(await refused({ ...hers, username: `${expiry}:${world.cleo.userId}` })).toBe(401);
    expect(await refused({ ...hers, username: `${Number(expiry) + 3_600}:${world.ann.userId}` })).toBe(401);
  });

  it('[A4] [A6] a relay that is gone keeps nobody from anything else, and health says so', async () => {
    const other = await world.addServer({ TURN_URLS: 'turn:127.0.0.1:1?transport=tcp' });
    const health = (await (await fetch(`${other.url}/api/health`)).json()) as { status: string; relay: string };
    expect(health).toMatchObject({ status: 'up', relay: 'down' });
    expect(JSON.stringify(health)).not.toContain(coturn.secret);
    world.servers.splice(world.servers.indexOf(other), 1);
    await other.stop();
    expect(other.said + world.server.said).not.toContain(coturn.secret);
  });

  it('[A4] a server with a relay of its own takes it along, also when it is killed', async () => {
    const other = await world.addServer({ PARLEY_RELAY: 'on', TURN_URLS: '' });
    const given = await world.ann.at(other).expect(iceServers, 'GET', path());
    expect(given.relay).toBe(true);
    const urls = given.iceServers.flatMap((each) => each.urls);
    for (const url of urls) expect(await probeTurn(url)).toBeUndefined();
    world.servers.splice(world.servers.indexOf(other), 1);
    await other.stop('SIGKILL');
    for (const url of urls) while ((await probeTurn(url)) === undefined) await setImmediate();
  });
});
