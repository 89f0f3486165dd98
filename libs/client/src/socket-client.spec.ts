import type { ConnectionStatus } from './status';
import { ann, ben, record, texts, topic, World, type TextActions } from './testing/world';

describe('SocketClient', () => {
  it('[C1] connects when the first topic is observed, and names the connection', async () => {
    const world = new World();
    const client = world.client(ann);
    const ids = record(client.connectionId$);
    const connected = record(client.connected$);
    await world.settle();
    expect(world.server.connections).toHaveLength(0);

    client.channel<TextActions>(topic).messages.subscribe();
    await world.settle();

    expect(connected).toEqual([false, true]);
    expect(ids).toEqual([undefined, world.server.connections[0]?.id]);
  });

  it('[C1] connects without a topic when asked to, once', async () => {
    const world = new World();
    const client = world.client(ann);
    client.connect();
    client.connect();
    await world.settle();
    client.connect();
    await world.settle();
    expect(world.server.connections).toHaveLength(1);
  });

  it('[C1] delivers a frame of the topic to whoever subscribes, the answer first', async () => {
    const world = new World();
    const frames = record(world.client(ann).subscribe(topic));
    await world.settle();
    await expectAcked(world, world.client(ben).transmit(true, 'message', topic, { text: 'café 👩‍👩‍👧 日本語' }));
    const types = frames.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['subscribe', 'subscriber', 'message']);
    expect(frames[2]?.payload).toEqual({ text: 'café 👩‍👩‍👧 日本語' });
  });

  it('[C1] joins with the first observer and leaves with the last', async () => {
    const world = new World();
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const states = record(channel.state);
    const first = channel.messages.subscribe();
    const second = client.channel<TextActions>(topic).userList.subscribe();
    const third = client.subscribe(topic).subscribe();
    await world.settle();
    expect(world.server.topic(topic).members.size).toBe(1);

    first.unsubscribe();
    second.unsubscribe();
    await world.settle();
    expect(world.server.topic(topic).members.size).toBe(1);

    third.unsubscribe();
    await world.settle();
    expect(world.server.topic(topic).members.size).toBe(0);
    expect(actions(world)).toEqual(['subscribe', 'unsubscribe']);
    expect(states).toEqual(['idle', 'joining', 'joined', 'idle']);
  });

  it('[C1] joins again after having left, with nothing left over from before', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const early = channel.messages.subscribe();
    await world.settle();
    early.unsubscribe();
    await expectAcked(world, world.client(ben).transmit(true, 'message', topic, { text: 'between' }));
    const messages = record(channel.messages);
    await world.settle();
    await expectAcked(world, world.client(ben).transmit(true, 'message', topic, { text: 'after' }));
    expect(texts(messages)).toEqual(['after']);
  });

  it('[C1] does not mistake the goodbye of an earlier subscription for the end of a new one', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const early = channel.messages.subscribe();
    await world.settle();
    early.unsubscribe();
    const messages = record(channel.messages);
    const states = record(channel.state);
    await world.settle();
    expect(states.at(-1)).toBe('joined');
    await expectAcked(world, channel.storeMessage('message', { text: 'here' }));
    expect(texts(messages)).toEqual(['here']);
  });

  it('[C1] sends to a topic that nobody observes, and leaves it after the ack', async () => {
    const world = new World();
    await expectAcked(world, world.client(ann).transmit(true, 'message', topic, { text: 'on my way' }));
    await world.settle();
    expect(texts(world.server.topic(topic).stored)).toEqual(['on my way']);
    expect(world.server.topic(topic).members.size).toBe(0);
  });

  it('reports its status, with what waits for an ack', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record<ConnectionStatus>(client.status$);
    const sent = client.transmit(true, 'message', topic, { text: 'hello' });
    expect(statuses.at(-1)).toMatchObject({ state: 'connecting', attempt: 1, queued: 1 });
    await expectAcked(world, sent);
    expect(statuses.at(-1)).toMatchObject({ state: 'connected', attempt: 0, queued: 0 });
    expect(statuses[0]).toEqual({ state: 'offline', attempt: 0, queued: 0 });
  });

  it('disconnects: says goodbye, rejects what waits, and leaves no timer behind', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record(client.status$);
    client.channel<TextActions>(topic).messages.subscribe();
    await world.settle();
    const sent = client.transmit(true, 'message', topic, { text: 'too late' });
    client.disconnect();
    await expect(sent).rejects.toMatchObject({ name: 'DisconnectedError' });
    await world.settle();
    expect(statuses.at(-1)).toEqual({ state: 'offline', attempt: 0, queued: 0 });
    expect(world.server.connections).toHaveLength(0);
    expect(world.clock.pending).toBe(0);
  });

  it('disconnects while a ticket is on its way, and ignores the ticket', async () => {
    const world = new World();
    const client = world.client(ann);
    client.connect();
    client.disconnect();
    await world.settle();
    expect(world.server.connections).toHaveLength(0);
    expect(world.clock.pending).toBe(0);
  });

  it('joins its topics again when connected after disconnecting', async () => {
    const world = new World();
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const messages = record(channel.messages);
    await world.settle();
    client.disconnect();
    await world.settle();
    client.connect();
    await expectAcked(world, channel.storeMessage('message', { text: 'back' }));
    expect(texts(messages)).toEqual(['back']);
  });

  it('takes an option that is given as undefined for one that is not given', async () => {
    const world = new World();
    const client = world.client(ann, { backoff: undefined, silence: undefined });
    world.server.isDown = true;
    client.connect();
    await world.settle();
    world.server.isDown = false;
    await world.clock.advance(1_000);
    expect(world.server.connections).toHaveLength(1);
  });

  it('says at once that an address is none', () => {
    expect(() => new World().client(ann, { url: '/sock' })).toThrow('Invalid URL');
  });

  it('may be left alone with a promise that rejects', async () => {
    const world = new World();
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const client = world.client(ann);
    void client.transmit(true, 'message', topic, { text: 'one' });
    void client.channel<TextActions>(topic).loadMessages();
    void client.transmit(true, 'ack', topic, null);
    client.disconnect();
    await world.settle();
    await world.settle();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

async function expectAcked(world: World, sent: Promise<unknown>): Promise<void> {
  await world.settle();
  await expect(sent).resolves.toMatchObject({ id: expect.any(String) as string });
}

function actions(world: World): string[] {
  return world.server.received.map(({ action }) => action);
}
