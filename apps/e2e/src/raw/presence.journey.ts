import { participantPayload, subscribedPayload, subscribersPayload } from '@parley/protocol';
import { HttpPerson, RawSocket } from '@parley/harness';
import { World } from '@parley/harness/world';

describe('presence', () => {
  let world: World;
  let topic: string;
  const open: RawSocket[] = [];

  beforeAll(async () => {
    world = await World.start();
  });

  beforeEach(async () => {
    topic = await world.freshTopic();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((socket) => socket.close()));
    await world.stillServes();
  });

  afterAll(() => world.stop());

  async function joined(person: HttpPerson) {
    const socket = await RawSocket.connect(person);
    open.push(socket);
    const { participants } = subscribedPayload.parse((await socket.subscribe(topic)).payload);
    return { socket, participants };
  }

  it('[U1] several tabs are one participant, with all their connections', async () => {
    const first = await joined(world.ann);
    expect(first.participants).toHaveLength(1);
    const second = await joined(world.ann);
    expect(second.participants).toHaveLength(1);
    const [ann] = second.participants;
    expect(ann).toMatchObject({ userId: world.ann.userId, name: 'Ann café 👩‍👩‍👧 日本語' });
    expect(ann?.colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(new Set(ann?.connectionIds)).toEqual(new Set([first.socket.connectionId, second.socket.connectionId]));
  });

  it('[U1] load-subscribers answers with the list again', async () => {
    const { socket } = await joined(world.ann);
    await joined(world.ben);
    const answer = await socket.ask({ action: 'load-subscribers', topic });
    const { participants } = subscribersPayload.parse(answer.payload);
    expect(participants.map(({ name }) => name).sort()).toEqual(['Ann café 👩‍👩‍👧 日本語', 'Ben']);
  });

  it('[U2] tells of a user’s first connection, of a further tab, and of the last one gone', async () => {
    const { socket: ann } = await joined(world.ann);
    const { socket: first } = await joined(world.ben);
    const came = participantPayload.parse((await ann.count('subscriber', 1))[0]?.payload);
    expect(came).toMatchObject({ userId: world.ben.userId, name: 'Ben', connectionIds: [first.connectionId] });

    const { socket: second } = await joined(world.ben);
    const both = participantPayload.parse((await ann.count('subscriber', 2))[1]?.payload);
    expect(new Set(both.connectionIds)).toEqual(new Set([first.connectionId, second.connectionId]));
    expect(both.colour).toBe(came.colour);

    await first.close();
    const one = participantPayload.parse((await ann.count('subscriber', 3))[2]?.payload);
    expect(one.connectionIds).toEqual([second.connectionId]);
    expect(ann.of('unsubscriber')).toEqual([]);

    await second.ask({ action: 'unsubscribe', topic });
    const [gone] = await ann.count('unsubscriber', 1);
    expect(gone?.payload).toMatchObject({ userId: world.ben.userId, name: 'Ben' });
    await ann.settled();
    expect(ann.of('unsubscriber')).toHaveLength(1);
  });

  it('[U2] a colour is the same in another topic and for another reader', async () => {
    const { participants } = await joined(world.ann);
    const colour = participants[0]?.colour;
    topic = await world.freshTopic(world.ben, [world.ann]);
    await joined(world.ann);
    const { participants: seen } = await joined(world.ben);
    expect(seen.find(({ userId }) => userId === world.ann.userId)?.colour).toBe(colour);
  });

  it('[U2] someone who signs out leaves', async () => {
    const { socket: ann } = await joined(world.ann);
    const away = await world.ben.elsewhere();
    await joined(away);
    await ann.count('subscriber', 1);
    await away.signOut();
    const [gone] = await ann.count('unsubscriber', 1);
    expect(gone?.payload).toMatchObject({ userId: world.ben.userId });
  });

  it('[U5] no e-mail address leaves through the socket, and no name outside the topic', async () => {
    const { socket: ann } = await joined(world.ann);
    const { socket: ben } = await joined(world.ben);
    const cleo = await RawSocket.connect(world.cleo);
    open.push(cleo);
    await ann.ask({ action: 'message', topic, store: true, payload: { text: 'hello' } });
    await ben.ask({ action: 'load-messages', topic, payload: null });
    await ben.ask({ action: 'load-subscribers', topic });
    for (const action of ['subscribe', 'load-subscribers', 'load-messages', 'unsubscribe']) {
      await cleo.ask({ action, topic, payload: null });
    }
    await ben.ask({ action: 'unsubscribe', topic });
    await Promise.all([ann, ben, cleo].map((socket) => socket.settled()));
    const seen = JSON.stringify([ann.seen, ben.seen, cleo.seen]);
    expect(seen).not.toContain('@');
    for (const secret of [world.ann.name, world.ben.name, world.ann.userId, world.ben.userId]) {
      expect(JSON.stringify(cleo.seen)).not.toContain(secret);
    }
  });
});
