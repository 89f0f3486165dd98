import { ann, ben, record, texts, topic, World, type TextActions } from './testing/world';

async function say(world: World, sentences: readonly string[], store = true): Promise<void> {
  const client = world.client(ben);
  for (const text of sentences) void client.transmit(store, 'message', topic, { text });
  await world.clock.advance(2_000 + sentences.length * 25);
  client.disconnect();
  await world.settle();
}

/** A message that is stored, and of which nobody is told. */
function storeSilently(world: World, text: string): void {
  const { stored } = world.server.topic(topic);
  const [last] = stored.slice(-1);
  if (last === undefined) throw new Error('Nothing was stored yet.');
  stored.push({ ...last, id: text, seq: stored.length + 1, payload: { text } });
}

/** Ann's channel, with what it emits. Her next reconnect is 20 s away, so that others can act meanwhile. */
function listen(world: World) {
  const client = world.client(ann, { backoff: { min: 20_000, max: 20_000 } });
  const channel = client.channel<TextActions>(topic);
  return { client, channel, messages: record(channel.messages) };
}

const hasLoaded = ({ server }: World) => server.received.some(({ action }) => action === 'load-messages');
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

describe('recovery', () => {
  it('[H2] names where it was, and takes what the server replays', async () => {
    const world = new World({ window: 100 });
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed 1', 'missed 2'], false);
    await world.clock.advance(20_000);
    await say(world, ['after']);
    expect(texts(messages)).toEqual(['before', 'missed 1', 'missed 2', 'after']);
    const joins = world.server.received.filter(({ action, payload }) => action === 'subscribe' && payload !== null);
    expect(joins.map(({ payload }) => payload)).toEqual([{ since: { epoch: 'epoch-1', offset: 1 } }]);
    expect(hasLoaded(world)).toBe(false);
  });

  it('[H2] loads what was stored meanwhile where the server cannot replay, before anything newer', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed 1', 'missed 2']);
    await world.clock.advance(20_000);
    await say(world, ['after']);
    expect(texts(messages)).toEqual(['before', 'missed 1', 'missed 2', 'after']);
  });

  it('[H2] loads page after page down to the last known message', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, numbers(250));
    await world.clock.advance(20_000);
    expect(texts(messages)).toEqual(['before', ...numbers(250)]);
    expect(world.server.received.filter(({ action }) => action === 'load-messages')).toHaveLength(3);
  });

  it('[H2] emits what comes while it loads after what it loads', async () => {
    const world = new World({ latency: 50 });
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed']);
    const writer = world.client(ben);
    writer.subscribe(topic).subscribe();
    await world.clock.advance(1_000);
    await world.clock.advance(16_000);
    const sent: string[] = [];
    // Without a pause until Ann has joined and loaded, and then a little more.
    while (!texts(messages).includes('missed') || sent.length % 50 !== 0) {
      sent.push(`live ${sent.length}`);
      void writer.transmit(true, 'message', topic, { text: sent.at(-1) ?? '' });
      await world.clock.advance(30);
    }
    await world.clock.advance(10_000);
    expect(texts(messages)).toEqual(['before', 'missed', ...sent]);
  });

  it('[H3] loses and doubles nothing stored when the server restarts', async () => {
    const world = new World({ window: 100 });
    const { messages, channel } = listen(world);
    await say(world, ['before']);
    world.server.restart();
    await say(world, ['missed']);
    await world.clock.advance(20_000);
    void channel.storeMessage('message', { text: 'mine' });
    await world.settle();
    expect(texts(messages)).toEqual(['before', 'missed', 'mine']);
  });

  it('[H3] takes a broken recovery up again', async () => {
    const world = new World({ latency: 50 });
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed']);
    // Far enough for the answer to `subscribe`, not for the page.
    await world.clock.advance(17_500);
    expect(texts(messages)).toEqual(['before']);
    for (let ms = 0; ms < 5_000 && !hasLoaded(world); ms += 10) await world.clock.advance(10);
    expect(hasLoaded(world)).toBe(true);
    world.server.break('ann');
    await world.clock.advance(25_000);
    expect(texts(messages)).toEqual(['before', 'missed']);
  });

  it('[H3] knows what it missed without having seen a stored message', async () => {
    const world = new World();
    await say(world, ['long before']);
    await world.clock.advance(60_000);
    const { messages } = listen(world);
    await world.settle();
    world.server.break('ann');
    await say(world, ['missed']);
    await world.clock.advance(20_000);
    expect(texts(messages)).toEqual(['missed']);
  });

  it('[H2] asks for nothing where nothing was missed', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await world.clock.advance(21_000);
    expect(texts(messages)).toEqual(['before']);
    expect(hasLoaded(world)).toBe(false);
  });

  it('[H2] tries again when a page cannot be loaded', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed']);
    world.server.failNext('load-messages', 'internal', 'rate-limited', 'internal');
    await world.clock.advance(80_000);
    expect(texts(messages)).toEqual(['before', 'missed']);
  });

  it('goes on with what is new when the missed pages cannot be loaded at all, and says so', async () => {
    const world = new World();
    const { client, messages } = listen(world);
    const errors = record(client.errors$);
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed']);
    world.server.failNext('load-messages', ...Array.from({ length: 6 }, () => 'forbidden'));
    await world.clock.advance(40_000);
    await say(world, ['after']);
    await world.clock.advance(120_000);
    expect(texts(messages)).toEqual(['before', 'after']);
    expect(errors.at(-1)).toMatchObject({ code: 'forbidden' });
  });

  it('[H3] loads a stored message that never came before it emits a later one', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['before']);
    storeSilently(world, 'silent 1');
    storeSilently(world, 'silent 2');
    await say(world, ['after 1', 'after 2']);
    storeSilently(world, 'silent 3');
    await say(world, ['after 3']);
    expect(texts(messages)).toEqual(['before', 'silent 1', 'silent 2', 'after 1', 'after 2', 'silent 3', 'after 3']);
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('[H3] loads what never came while it was loading', async () => {
    const world = new World({ latency: 50 });
    const { messages } = listen(world);
    await say(world, ['before']);
    const writer = world.client(ben);
    writer.subscribe(topic).subscribe();
    await world.clock.advance(1_000);
    // More than a page.
    for (const text of numbers(150)) storeSilently(world, text);
    void writer.transmit(true, 'message', topic, { text: 'after 1' });
    // The newest page was made; the one below is to come.
    for (let ms = 0; ms < 1_000 && !hasLoaded(world); ms += 10) await world.clock.advance(10);
    storeSilently(world, 'silent 2');
    void writer.transmit(true, 'message', topic, { text: 'after 2' });
    await world.clock.advance(1_000);
    expect(texts(messages)).toEqual(['before', ...numbers(150), 'after 1', 'silent 2', 'after 2']);
  });

  it('[H3] takes the loading of a hole up again on the next connection', async () => {
    const world = new World({ latency: 50, window: 100 });
    const { messages } = listen(world);
    await say(world, ['before']);
    storeSilently(world, 'silent');
    const writer = world.client(ben);
    void writer.transmit(true, 'message', topic, { text: 'after' });
    for (let ms = 0; ms < 1_000 && !hasLoaded(world); ms += 10) await world.clock.advance(10);
    world.server.break('ann');
    expect(texts(messages)).toEqual(['before']);
    await world.clock.advance(25_000);
    expect(texts(messages)).toEqual(['before', 'silent', 'after']);
  });

  it('goes on behind a hole that nothing fills, after one look', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['before']);
    storeSilently(world, 'gone');
    world.server.topic(topic).stored.splice(1, 1, ...world.server.topic(topic).stored.slice(0, 1));
    await say(world, ['after 1', 'after 2']);
    expect(messages.map(({ seq }) => seq)).toEqual([1, 3, 4]);
    expect(world.server.received.filter(({ action }) => action === 'load-messages')).toHaveLength(1);
  });

  it('[S3] emits nothing twice, whatever comes twice', async () => {
    const world = new World();
    const { messages } = listen(world);
    await say(world, ['kept']);
    await say(world, ['not kept'], false);
    const [connection] = world.server.connections;
    for (const frame of world.server.topic(topic).taken) connection?.deliver(frame);
    await world.settle();
    expect(texts(messages)).toEqual(['kept', 'not kept']);
  });

  it('emits nothing more to an observer that left while missed messages were emitted', async () => {
    const world = new World();
    const { client, channel } = listen(world);
    client.connect();
    const seen: unknown[] = [];
    const one = channel.messages.subscribe((message) => seen.push(...texts([message])));
    await say(world, ['before']);
    world.server.break('ann');
    await say(world, ['missed 1', 'missed 2']);
    one.add(
      channel.messages.subscribe(({ payload }) => {
        if (payload !== null && 'text' in payload && payload.text === 'missed 1') one.unsubscribe();
      }),
    );
    await world.clock.advance(21_000);
    expect(seen).toEqual(['before', 'missed 1']);
  });
});
