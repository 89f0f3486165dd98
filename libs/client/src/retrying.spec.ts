import { CloseCode } from '@parley/protocol';
import { ann, record, texts, topic, World, type TextActions } from './testing/world';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));
const repeated = (value: string, times: number) => Array.from({ length: times }, () => value);

describe('what the server failed at', () => {
  it.each([
    ['internal', 6],
    ['not-stored@3000', 9],
    ['forbidden@2000', 9],
  ])('[P2] [P3] sends again what failed as %s, with the same id and in order, %d times', async (code, retries) => {
    const world = new World();
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const queued = record(client.status$);
    world.server.failNext('message', ...repeated(code, retries));
    const first = channel.storeMessage('message', { text: 'first' }, { id: 'first' });
    await world.settle();
    const second = channel.storeMessage('message', { text: 'second 日本語' }, { id: 'second' });
    await world.clock.advance(1_500);
    expect(queued.at(-1)?.queued).toBe(2);
    await world.clock.advance(200_000);
    await expect(first).resolves.toMatchObject({ id: 'first', seq: 1 });
    await expect(second).resolves.toMatchObject({ id: 'second', seq: 2 });
    const ids = world.server.received.filter(({ action }) => action === 'message').map(({ id }) => id);
    expect(ids).toEqual([...repeated('first', retries + 1), 'second']);
  });

  it.each([
    ['internal', 6],
    ['not-stored', 0],
  ])('[P2] rejects what failed as %s once more than %d times, and goes on', async (code, retries) => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    world.server.failNext('message', ...repeated(code, retries + 1));
    const first = channel.storeMessage('message', { text: 'first' });
    await world.settle();
    const second = channel.storeMessage('message', { text: 'second' });
    await world.clock.advance(70_000);
    await expect(first).rejects.toMatchObject({ name: 'ProtocolError', code, topic });
    await expect(second).resolves.toMatchObject({ seq: 1 });
  });

  it('[P2] asks no sooner than the server wants to be asked', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    world.server.failNext('message', 'not-stored@5000');
    const sent = channel.storeMessage('message', { text: 'café' });
    await world.clock.advance(4_900);
    expect(world.server.received.filter(({ action }) => action === 'message')).toHaveLength(1);
    await world.clock.advance(300);
    await expect(sent).resolves.toMatchObject({ seq: 1 });
  });

  it('keeps the order of many under way when the server fails, and lets them all go once it is well', async () => {
    const world = new World();
    const client = world.client(ann);
    client.channel<TextActions>(topic).messages.subscribe();
    // Until it took the first one they go one by one.
    const first = client.transmit(true, 'message', topic, { text: 'first' });
    await world.settle();
    await first;
    world.server.failNext('message', ...repeated('internal', 32 + 2));
    const sent = numbers(60).map((text) => client.transmit(true, 'message', topic, { text }));
    await world.clock.advance(7_500);
    await Promise.all(sent);
    expect(texts(world.server.topic(topic).stored)).toEqual(['first', ...numbers(60)]);
    expect(world.server.refusals).toHaveLength(34);
  });

  it('keeps nobody waiting for each message apart when the server goes on failing', async () => {
    const world = new World();
    const client = world.client(ann);
    world.server.failNext('message', ...repeated('internal', 1_000));
    const sent = numbers(40).map((text) => client.transmit(true, 'message', topic, { text }));
    await world.clock.advance(70_000);
    const outcomes = await Promise.allSettled(sent);
    expect(outcomes.map(({ status }) => status)).toEqual(repeated('rejected', 40));
    expect(world.clock.pending).toBeLessThan(3);
  });

  it('gives up on the one message that the server always fails at, while it takes the others', async () => {
    const world = new World();
    const client = world.client(ann);
    const bad = client.transmit(true, 'bad', topic, null);
    world.server.failNext('bad', ...repeated('internal', 1_000));
    const others: Promise<unknown>[] = [];
    for (let count = 0; count < 100; count += 1) {
      others.push(client.transmit(true, 'message', topic, { text: String(count) }));
      await world.clock.advance(1_000);
    }
    await expect(bad).rejects.toMatchObject({ code: 'internal' });
    await Promise.all(others);
    expect(texts(world.server.topic(topic).stored)).toEqual(numbers(100));
  });

  it('[C2] starts anew on the next connection, with what the server failed at', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    world.server.failNext('message', ...repeated('not-stored@1000', 5));
    const sent = channel.storeMessage('message', { text: 'first' });
    await world.clock.advance(1_500);
    expect(world.server.refusals).toHaveLength(2);
    world.server.break();
    await world.clock.advance(20_000);
    await expect(sent).resolves.toMatchObject({ seq: 1 });
    expect(world.server.refusals).toEqual(repeated('not-stored', 5));
  });

  it('[S5] keeps the order on a new connection, whose first message the guard may be late for', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    channel.messages.subscribe();
    await world.settle();
    world.server.break();
    const sent = numbers(3).map((text) => channel.storeMessage('message', { text }));
    // The guard answers for the second message and not for the first: were both under way, they would change places.
    world.server.failNext('message', 'forbidden@2000');
    await world.clock.advance(10_000);
    await Promise.all(sent);
    expect(texts(world.server.topic(topic).stored)).toEqual(numbers(3));
  });

  it('[S6] loses, doubles and stalls nothing when the guards were silent until the lease was over', async () => {
    const world = new World();
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const messages = record(channel.messages);
    await world.settle();
    world.server.break();
    const sent = numbers(2).map((text) => channel.storeMessage('message', { text }));
    world.server.failNext('subscribe', 'forbidden@2000');
    world.server.failNext('message', 'forbidden@2000', 'forbidden@2000');
    await world.clock.advance(2_500);
    // Closed in the pause after a refusal, and again while the first one is under way.
    world.server.close('ann', CloseCode.tryAgainLater);
    await world.clock.advance(1_000);
    world.server.close('ann', CloseCode.tryAgainLater);
    world.server.failNext('subscribe', 'forbidden@2000');
    await world.clock.advance(20_000);
    await Promise.all(sent);
    expect(texts(world.server.topic(topic).stored)).toEqual(numbers(2));
    expect(texts(messages)).toEqual(numbers(2));
  });

  it('[S5] joins and sends again when the server could not find out whether it may, and not after a plain no', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const states = record(channel.state);
    world.server.failNext('subscribe', 'forbidden@2000', 'forbidden@2000');
    world.server.failNext('message', 'forbidden@2000', 'forbidden');
    const first = channel.storeMessage('message', { text: 'first' });
    const refused = expect(first).rejects.toMatchObject({ code: 'forbidden' });
    await world.clock.advance(70_000);
    await refused;
    expect(states).toContain('joined');
    expect(states).not.toContain('refused');
    expect(world.server.received.filter(({ action }) => action === 'message')).toHaveLength(2);
  });
});
