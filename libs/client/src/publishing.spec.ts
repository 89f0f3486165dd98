import { defaultLimits } from '@parley/protocol';
import { ann, ben, record, texts, topic, World, type TextActions } from './testing/world';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe('publishing', () => {
  it('[P2] resolves with the ack of a stored message', async () => {
    const world = new World();
    const sent = world
      .client(ann)
      .channel<TextActions>(topic)
      .storeMessage('message', { text: 'hello' }, { id: 'first' });
    await world.settle();
    await expect(sent).resolves.toMatchObject({ id: 'first', seq: 1, offset: 1 });
  });

  it('[C2] sends what was queued without a connection in order, with the ids it had, after joining', async () => {
    const world = new World();
    world.server.isDown = true;
    const channel = world.client(ann).channel<TextActions>(topic);
    const sent = numbers(40).map((text) => channel.storeMessage('message', { text }, { id: `id-${text}` }));
    await world.clock.advance(2_000);
    world.server.isDown = false;
    await world.clock.advance(5_000);
    await Promise.all(sent);
    expect(texts(world.server.topic(topic).stored)).toEqual(numbers(40));
    expect(world.server.topic(topic).stored.map(({ id }) => id)).toEqual(numbers(40).map((text) => `id-${text}`));
    expect(world.server.refusals).toEqual([]);
  });

  it('[P3] sends again what was not acknowledged, with the same id, and gets the first ack', async () => {
    const world = new World({ latency: 50 });
    const channel = world.client(ann).channel<TextActions>(topic);
    const messages = record(channel.messages);
    await world.clock.advance(400);
    const sent = channel.storeMessage('message', { text: 'once' });
    // The message arrives, the ack does not.
    await world.clock.advance(70);
    expect(texts(world.server.topic(topic).stored)).toEqual(['once']);
    world.server.break();
    await world.clock.advance(5_000);
    await expect(sent).resolves.toMatchObject({ seq: 1 });
    expect(texts(world.server.topic(topic).stored)).toEqual(['once']);
    expect(texts(messages)).toEqual(['once']);
  });

  it('[P3] takes a message that still waits for the same message when its id is given again', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const first = channel.storeMessage('message', { text: 'once' }, { id: 'same' });
    const second = channel.storeMessage('message', { text: 'once' }, { id: 'same' });
    await world.settle();
    expect(await second).toEqual(await first);
    expect(world.server.received.filter(({ action }) => action === 'message')).toHaveLength(1);
  });

  it('[P3] takes the payload as it was when it was sent', async () => {
    const world = new World();
    const payload = { text: 'before' };
    void world.client(ann).transmit(true, 'message', topic, payload);
    payload.text = 'after';
    await world.settle();
    expect(texts(world.server.topic(topic).stored)).toEqual(['before']);
  });

  it('[S5] rejects what the server refuses, and goes on with the rest', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const errors = record(world.client(ann).errors$);
    world.server.failNext('message', 'forbidden');
    const refused = channel.storeMessage('message', { text: 'refused' });
    const taken = channel.storeMessage('message', { text: 'taken' });
    await world.settle();
    await expect(refused).rejects.toMatchObject({ name: 'ProtocolError', code: 'forbidden', topic });
    await expect(taken).resolves.toMatchObject({ seq: 1 });
    expect(errors).toEqual([]);
  });

  it('[L1] waits when the server limits it, and keeps the order', async () => {
    const world = new World({ rate: { perSecond: 10, burst: 5 } });
    const client = world.client(ann);
    const sent = numbers(50).map((text) => client.transmit(true, 'message', topic, { text }));
    await world.clock.advance(60_000);
    await Promise.all(sent);
    expect(texts(world.server.topic(topic).stored)).toEqual(numbers(50));
    // The burst that found out, and hardly anything after: 200 within 10 s would close the connection.
    expect(world.server.refusals.length).toBeLessThan(60);
  });

  it('[L1] stays below the limits of the protocol by itself', async () => {
    const world = new World();
    const client = world.client(ann);
    const sent = numbers(500).map((text) => client.transmit(true, 'message', topic, { text }));
    await world.clock.advance(20_000);
    await Promise.all(sent);
    expect(texts(world.server.topic(topic).stored)).toEqual(numbers(500));
    expect(world.server.refusals).toEqual([]);
  });

  it('[L1] speeds up again once it is no longer limited', async () => {
    const world = new World();
    const client = world.client(ann);
    world.server.failNext('message', 'rate-limited');
    await acked(world, client.transmit(true, 'message', topic, { text: 'limited' }), 2_000);
    await world.clock.advance(10_000);
    await acked(world, client.transmit(true, 'message', topic, { text: 'slow' }), 100);
    const sent = numbers(20).map((text) => client.transmit(true, 'message', topic, { text }));
    await world.clock.advance(20);
    await Promise.all(sent);
  });

  it('[F4] refuses a message larger than a frame itself, as the server would close the connection', async () => {
    const world = new World();
    const text = '日'.repeat(defaultLimits.frameBytes / 3);
    const sent = world.client(ann).transmit(true, 'message', topic, { text });
    await expect(sent).rejects.toMatchObject({ code: 'too-large' });
    const fits = world.client(ann).transmit(true, 'message', topic, { text: 'x'.repeat(50_000) });
    await acked(world, fits, 100);
  });

  it('[F4] gives up the message that a server with a smaller limit closes the connection over', async () => {
    const world = new World({ frameBytes: 1_000 });
    const client = world.client(ann);
    const before = client.transmit(true, 'message', topic, { text: 'before' });
    const large = client.transmit(true, 'message', topic, { text: 'x'.repeat(1_000) });
    const after = client.transmit(true, 'message', topic, { text: 'after' });
    await world.clock.advance(3_000);
    await expect(large).rejects.toMatchObject({ code: 'too-large', topic });
    await Promise.all([before, after]);
    expect(texts(world.server.topic(topic).stored)).toEqual(['before', 'after']);
  });

  it('[F2] refuses a name that is not an action, and an id that is none', async () => {
    const client = new World().client(ann);
    await expect(client.transmit(true, 'ack', topic, null)).rejects.toMatchObject({ code: 'bad-action' });
    await expect(client.transmit(true, 'message', topic, null, { id: 'ä' })).rejects.toBeInstanceOf(RangeError);
  });

  it('[F3] rejects a message that the server could not read, though the answer names no topic', async () => {
    const world = new World();
    const client = world.client(ann);
    const errors = record(client.errors$);
    const sent = client.transmit(false, 'message', topic, null, { to: [] });
    await world.settle();
    await expect(sent).rejects.toMatchObject({ code: 'malformed' });
    expect(errors).toMatchObject([{ code: 'malformed' }]);
  });

  it('[F3] does not send what no server would take for a topic', async () => {
    const client = new World().client(ann);
    await expect(client.transmit(true, 'message', 'not a topic', null)).rejects.toBeInstanceOf(RangeError);
    expect(() => client.channel('not a topic')).toThrow(RangeError);
    expect(() => client.subscribe('not a topic')).toThrow(RangeError);
  });

  it('keeps no more in memory than it was told to', async () => {
    const world = new World();
    const client = world.client(ann, { queue: { messages: 2, characters: 1_000 } });
    world.server.isDown = true;
    const sent = [
      client.transmit(true, 'message', topic, { text: '1' }),
      client.transmit(true, 'message', topic, { text: '2' }),
    ];
    await expect(client.transmit(true, 'message', topic, { text: '3' })).rejects.toMatchObject({
      name: 'QueueFullError',
    });
    world.server.isDown = false;
    await world.clock.advance(2_000);
    await Promise.all(sent);
    const long = client.transmit(true, 'message', topic, { text: 'x'.repeat(1_000) });
    await expect(long).rejects.toMatchObject({ name: 'QueueFullError' });
  });

  it('[P4] delivers to those it names only', async () => {
    const world = new World();
    const mine = record(world.client(ann).channel<TextActions>(topic).messages);
    const theirs = world.client(ben).channel<TextActions>(topic);
    const received = record(theirs.messages);
    await world.settle();
    const to = world.server.connections.filter(({ user }) => user.userId === 'ann').map(({ id }) => id);
    await acked(world, theirs.sendMessage('signal', { sdp: 'v=0' }, { to }), 100);
    expect(mine.map(({ action }) => action)).toEqual(['signal']);
    expect(received).toEqual([]);
    expect(world.server.topic(topic).stored).toEqual([]);
  });

  it('[P5] sends a volatile message now or never', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    channel.sendMessage('typing', null, { volatile: true });
    const messages = record(channel.messages);
    await world.settle();
    expect(messages).toEqual([]);
    channel.sendMessage('typing', null, { volatile: true });
    await world.settle();
    expect(messages).toMatchObject([{ action: 'typing', payload: null }]);
    expect(messages[0]?.offset).toBeUndefined();
    world.server.break();
    channel.sendMessage('typing', null, { volatile: true });
    await world.clock.advance(3_000);
    expect(messages).toHaveLength(1);
  });

  it('[L1] drops volatile messages before the server has to', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    channel.messages.subscribe();
    await world.settle();
    for (let sent = 0; sent < 1_000; sent += 1) channel.sendMessage('typing', null, { volatile: true });
    await world.settle();
    expect(world.server.received.filter((frame) => frame.volatile)).toHaveLength(120);
  });
});

async function acked(world: World, sent: Promise<unknown>, ms: number): Promise<void> {
  await world.clock.advance(ms);
  await expect(sent).resolves.toMatchObject({ id: expect.any(String) as string });
}
