import { CloseCode, type Ack } from '@parley/protocol';
import { KEPT_PREFIX, keepIn } from './storage-keep';
import { shown, tab } from './testing/tab';
import { ann, record, texts, topic, World } from './testing/world';

const cafe = 'café 👩‍👩‍👧 日本語';
const other = 'exchange/text:other';

/** What happens to a client when its page goes away: nothing more is heard of it, and nobody says goodbye. */
function unload(world: World, userId: string): void {
  world.server.close(userId, CloseCode.goingAway);
}

describe('what waits', () => {
  it('is shown by its channel from the moment it is sent until the ack', async () => {
    const { world, load } = tab();
    const { client, channel } = load();
    const lists = record(channel.outgoing);
    const at = world.clock.now();
    const sent = channel.storeMessage('message', { text: cafe }, { id: 'a' });
    void channel.sendMessage('message', { text: 'not kept' });
    expect(lists.at(-1)).toMatchObject([{ id: 'a', action: 'message', payload: { text: cafe }, at }]);
    await world.settle();
    await sent;
    expect(lists.at(-1)).toEqual([]);
    expect(shown(client)()).toEqual([]);
  });

  it('[C2] [P3] goes out after a reload with the same ids, in order, though no page asks for it', async () => {
    const { world, storage, load } = tab();
    world.server.isDown = true;
    const before = load();
    before.client.identify('ann');
    for (const id of ['a', 'b', 'c']) void before.channel.storeMessage('message', { text: id }, { id });
    void before.client.transmit(true, 'message', other, { text: cafe }, { id: 'd' });
    await world.settle();

    const after = load();
    after.client.identify('ann');
    expect(after.statuses.at(-1)).toMatchObject({ state: 'connecting', queued: 4 });
    expect(shown(after.client)()).toEqual(['a', 'b', 'c']);
    before.client.disconnect();
    world.server.isDown = false;
    await world.clock.advance(5_000);
    expect(texts(world.server.topic(topic).stored)).toEqual(['a', 'b', 'c']);
    expect(world.server.topic(other).stored).toMatchObject([{ id: 'd', payload: { text: cafe } }]);
    expect(shown(after.client)()).toEqual([]);
    expect(after.statuses.at(-1)).toMatchObject({ state: 'connected', queued: 0 });
    expect(storage.length).toBe(0);
    // Nobody observes them, so they were left.
    expect(world.server.topic(topic).members.size).toBe(0);
  });

  it('is neither shown nor kept where its giver does that, and goes out all the same', async () => {
    const { world, storage, load } = tab();
    world.server.isDown = true;
    const { client, channel } = load();
    client.identify('ann');
    const sent = channel.storeMessage('message', { text: cafe }, { id: 'a', keep: false });
    await world.settle();
    expect([shown(client)(), storage.length]).toEqual([[], 0]);
    world.server.isDown = false;
    await world.clock.advance(5_000);
    await expect(sent).resolves.toMatchObject({ id: 'a', seq: 1 });
    expect(texts(world.server.topic(topic).stored)).toEqual([cafe]);
  });

  it('[P3] is taken once when only the ack was lost with the page', async () => {
    const { world, storage, load } = tab(new World({ latency: 50 }));
    const before = load();
    before.client.identify('ann');
    void before.channel.storeMessage('message', { text: cafe }, { id: 'a' });
    for (let ms = 0; world.server.topic(topic).stored.length === 0 && ms < 2_000; ms += 10)
      await world.clock.advance(10);
    unload(world, 'ann');
    world.server.restart();
    const after = load();
    after.client.identify('ann');
    const ack = after.channel.storeMessage('message', { text: cafe }, { id: 'a' });
    await world.clock.advance(1_000);
    await expect(ack).resolves.toEqual({ id: 'a', seq: 1, timestamp: expect.any(String) as string });
    expect(texts(world.server.topic(topic).stored)).toEqual([cafe]);
    expect(storage.length).toBe(0);
    before.client.disconnect();
  });

  it('goes before what the next page sends', async () => {
    const { world, load } = tab();
    world.server.isDown = true;
    const before = load();
    before.client.identify('ann');
    void before.channel.storeMessage('message', { text: 'first' });
    await world.settle();
    before.client.disconnect();
    const after = load();
    after.client.identify('ann');
    void after.channel.storeMessage('message', { text: 'second' });
    world.server.isDown = false;
    await world.clock.advance(5_000);
    expect(texts(world.server.topic(topic).stored)).toEqual(['first', 'second']);
  });

  it('is kept from the moment on at which the server says whose it is, when the page does not', async () => {
    const { world, storage, load } = tab();
    const before = load();
    before.channel.messages.subscribe();
    await world.settle();
    world.server.isDown = true;
    world.server.break();
    void before.channel.storeMessage('message', { text: cafe }, { id: 'a' });
    expect(storage.length).toBe(1);
    world.server.isDown = false;
    const after = load();
    after.channel.messages.subscribe();
    await world.settle();
    expect(texts(world.server.topic(topic).stored)).toEqual([cafe]);
    before.client.disconnect();
  });

  it('keeps nothing without a user, and nothing that is not stored', async () => {
    const { world, storage, load } = tab();
    const { client, channel } = load();
    world.server.isDown = true;
    void channel.storeMessage('message', { text: 'whose?' });
    expect(storage.length).toBe(0);
    client.identify('ann');
    expect(storage.length).toBe(1);
    void channel.sendMessage('message', { text: 'not kept' });
    await world.settle();
    expect(storage.length).toBe(1);
  });
});

describe('what was refused', () => {
  it('stays, over a reload too, until it is discarded or sent again', async () => {
    const { world, storage, load } = tab();
    const before = load();
    before.client.identify('ann');
    world.server.failNext('message', 'forbidden', 'too-large');
    for (const id of ['a', 'b']) void before.channel.storeMessage('message', { text: id }, { id });
    await world.settle();
    expect(shown(before.client)()).toEqual(['a: Refused: forbidden.', 'b: Refused: too-large.']);
    expect(before.statuses.at(-1)?.queued).toBe(0);
    before.client.disconnect();

    const after = load();
    after.client.identify('ann');
    const list = shown(after.client);
    expect(list()).toEqual(['a: Refused: forbidden.', 'b: Refused: too-large.']);
    expect(record(after.channel.outgoing)[0]?.[0]?.failure).toMatchObject({
      name: 'ProtocolError',
      code: 'forbidden',
      topic,
    });
    await world.settle();
    expect(world.server.topic(topic).stored).toEqual([]);

    const again = after.channel.storeMessage('message', { text: 'a' }, { id: 'a' });
    expect(list()).toEqual(['a', 'b: Refused: too-large.']);
    expect([after.channel.discard('b'), after.channel.discard('b'), after.channel.discard('a')]).toEqual([
      true,
      false,
      false,
    ]);
    await world.settle();
    await expect(again).resolves.toMatchObject({ seq: 1 });
    expect(list()).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it('is shown when there was no room for it, and when it is too large to be sent at all', async () => {
    const { world, storage, load } = tab();
    const { client, channel } = load(ann, { queue: { messages: 1, characters: 1_000_000 } });
    world.server.isDown = true;
    client.identify('ann');
    const list = shown(client);
    const large = { text: '日'.repeat(30_000) };
    const results = [
      channel.storeMessage('message', { text: 'fits' }, { id: 'a' }),
      channel.storeMessage('message', { text: 'does not' }, { id: 'b' }),
      channel.storeMessage('message', large, { id: 'c' }),
    ];
    await expect(results[1]).rejects.toMatchObject({ name: 'QueueFullError' });
    await expect(results[2]).rejects.toMatchObject({ code: 'too-large' });
    expect(list()).toEqual([
      'a',
      'b: Too much is waiting to be sent. Send it again once the connection is back.',
      'c: The message is larger than a frame may be.',
    ]);
    expect(storage.values.filter((text) => text.includes('does not'))).toEqual([]);
  });

  it('does not grow without end', async () => {
    const { world, storage, load } = tab();
    const { client, channel } = load();
    client.identify('ann');
    const codes = Array.from({ length: 60 }, () => 'forbidden');
    world.server.failNext('message', ...codes);
    for (const [index] of codes.entries()) void channel.storeMessage('message', { text: cafe }, { id: `id-${index}` });
    await world.clock.advance(10_000);
    expect(
      record(channel.outgoing)[0]
        ?.map(({ id }) => id)
        .slice(0, 2),
    ).toEqual(['id-10', 'id-11']);
    expect(storage.length).toBe(50);
  });

  it('[S6] is not kept where the right to be there was taken away', async () => {
    const { world, storage, load } = tab();
    const { client, channel } = load();
    client.identify('ann');
    const observing = channel.messages.subscribe();
    await world.settle();
    world.server.silence();
    const sent = channel.storeMessage('message', { text: cafe }, { id: 'a' });
    expect(storage.length).toBe(1);
    world.server.break();
    const refused = expect(sent).rejects.toMatchObject({ code: 'forbidden' });
    await world.clock.advance(495);
    world.server.failNext('message', 'internal');
    await world.clock.advance(100);
    world.server.revoke('ann', topic);
    await world.settle();
    await refused;
    expect(shown(client)()).toEqual(['a: Your right to take part here was taken away.']);
    expect(storage.length).toBe(0);
    observing.unsubscribe();
    expect(shown(client)()).toEqual([]);
  });
});

describe('a storage that does not do its part', () => {
  it('is said once to be full or forbidden, and everything goes on in memory', async () => {
    const { world, storage, load } = tab();
    storage.capacity = 10;
    for (const keep of [
      keepIn(storage),
      keepIn(() => {
        throw new Error('SecurityError');
      }),
    ]) {
      const { client, channel, errors } = load(ann, { keep });
      client.identify('ann');
      const sent: Promise<Ack>[] = [];
      for (let count = 0; count < 5; count += 1) sent.push(channel.storeMessage('message', { text: cafe }));
      await world.clock.advance(1_000);
      await Promise.all(sent);
      expect(errors).toHaveLength(1);
    }
    expect(world.server.topic(topic).stored).toHaveLength(10);
  });

  it('keeps what was not kept in sight when the session ends', async () => {
    const { world, storage, load } = tab();
    storage.capacity = 10;
    const { client, channel } = load();
    client.identify('ann');
    channel.messages.subscribe();
    await world.settle();
    world.server.signOut('ann');
    const sent = channel.storeMessage('message', { text: cafe }, { id: 'a' });
    await world.settle();
    await expect(sent).rejects.toMatchObject({ name: 'SignedOutError' });
    expect(shown(client)()).toEqual(['a: You are signed out. Sign in again to go on.']);
  });

  it('is emptied of what is of no use, with an error and without a failure', async () => {
    const { world, storage, load } = tab();
    const good = { topic, action: 'message', payload: { text: cafe }, id: 'a', at: 1 };
    const bad = [
      'not json',
      JSON.stringify({ user: 'ben', message: good }),
      ...[
        { ...good, id: 'not an id' },
        { ...good, topic: 'no topic' },
        { ...good, action: 'ack' },
        { ...good, payload: undefined },
        { ...good, at: null },
        { ...good, failure: 'no' },
        { ...good, id: 'large', payload: 'x'.repeat(70_000) },
      ].map((message) => JSON.stringify({ user: 'ann', message })),
      JSON.stringify({ user: 'ann', message: good }),
    ];
    for (const [index, text] of bad.entries()) storage.setItem(`${KEPT_PREFIX}${index}`, text);
    const { client, errors } = load();
    client.identify('ann');
    expect(shown(client)()).toEqual(['a']);
    expect(errors.map(({ name }) => name).sort()).toEqual(['Error', 'ProtocolError']);
    await world.clock.advance(1_000);
    expect(texts(world.server.topic(topic).stored)).toEqual([cafe]);
    expect(storage.length).toBe(0);
  });
});
