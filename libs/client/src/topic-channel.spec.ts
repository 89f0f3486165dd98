import type { Participant } from '@parley/protocol';
import { firstValueFrom } from 'rxjs';
import { ann, ben, record, texts, topic, World, type TextActions } from './testing/world';

const names = (list: readonly Participant[] | undefined) => list?.map(({ name }) => name);

describe('channel', () => {
  it('[C1] emits what is said, typed and with its place', async () => {
    const world = new World();
    const messages = record(world.client(ann).channel<TextActions>(topic).messages);
    await world.settle();
    void world.client(ben).transmit(true, 'message', topic, { text: 'café' }, { id: 'one' });
    await world.settle();
    expect(messages).toEqual([
      {
        action: 'message',
        payload: { text: 'café' },
        sender: expect.any(String) as string,
        userId: 'ben',
        timestamp: expect.stringMatching(/^2026-.*Z$/) as string,
        store: true,
        offset: 1,
        seq: 1,
        id: 'one',
      },
    ]);
  });

  it("[P1] emits one's own messages too", async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const messages = record(channel.messages);
    await world.settle();
    void channel.sendMessage('message', { text: 'mine' });
    await world.settle();
    expect(messages).toMatchObject([{ userId: 'ann', store: false, offset: 1 }]);
  });

  it('[U1] says who is here, to late observers too, and only once it is known', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const early = record(channel.userList);
    expect(early).toEqual([]);
    const first = firstValueFrom(channel.userList);
    await world.settle();
    expect(names(await first)).toEqual([ann.name]);
    const other = world.client(ben).channel(topic).messages.subscribe();
    await world.settle();
    expect(early.map(names)).toEqual([[ann.name], [ann.name, ben.name]]);
    expect(names(await firstValueFrom(channel.userList))).toEqual([ann.name, ben.name]);
    other.unsubscribe();
    await world.settle();
    expect(names(early.at(-1))).toEqual([ann.name]);
  });

  it('[U2] tells comings and goings of people, not of tabs', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const came = record(channel.subscriber);
    const left = record(channel.unsubscriber);
    const lists = record(channel.userList);
    await world.settle();
    const tabs = [
      world.client(ben).channel(topic).messages.subscribe(),
      world.client(ben).channel(topic).messages.subscribe(),
    ];
    await world.settle();
    expect(names(came)).toEqual([ben.name]);
    expect(lists.at(-1)?.[1]?.connectionIds).toHaveLength(2);
    tabs[0]?.unsubscribe();
    await world.settle();
    expect(lists.at(-1)?.[1]?.connectionIds).toHaveLength(1);
    expect(left).toEqual([]);
    tabs[1]?.unsubscribe();
    await world.settle();
    expect(names(left)).toEqual([ben.name]);
    expect(names(lists.at(-1))).toEqual([ann.name]);
  });

  it('[U2] tells after a reconnect who came and who left meanwhile', async () => {
    const world = new World();
    const channel = world.client(ann, { backoff: { min: 5_000, max: 5_000 } }).channel<TextActions>(topic);
    const came = record(channel.subscriber);
    const left = record(channel.unsubscriber);
    const lists = record(channel.userList);
    const bens = world.client(ben).channel(topic).messages.subscribe();
    await world.settle();
    world.server.break('ann');
    bens.unsubscribe();
    world.client({ userId: 'cleo', name: 'Cleo' }).channel(topic).messages.subscribe();
    await world.settle();
    expect(names(lists.at(-1))).toContain(ben.name);
    await world.clock.advance(6_000);
    expect(names(left)).toEqual([ben.name]);
    expect(names(came)).toEqual(expect.arrayContaining(['Cleo']));
    expect(names(lists.at(-1))).toEqual(['Cleo', ann.name]);
  });

  it('[U3] gives people time to come back after a restart of the server, and says so when they do not', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const came = record(channel.subscriber);
    const left = record(channel.unsubscriber);
    const lists = record(channel.userList);
    world.client(ben).channel(topic).messages.subscribe();
    const cleo = world.client({ userId: 'cleo', name: 'Cleo' });
    cleo.channel(topic).messages.subscribe();
    await world.settle();
    came.length = 0;
    world.server.restart();
    cleo.disconnect();
    lists.length = 0;
    await world.clock.advance(8_000);
    expect(lists.every((list) => list.length === 3)).toBe(true);
    expect([came, left]).toEqual([[], []]);
    expect(lists.at(-1)?.map(({ userId, connectionIds }) => [userId, connectionIds.length])).toEqual([
      ['ann', 1],
      ['ben', 1],
      ['cleo', 0],
    ]);
    await world.clock.advance(8_000);
    expect(names(left)).toEqual(['Cleo']);
    expect(names(lists.at(-1))).toEqual([ann.name, ben.name]);
    expect(came).toEqual([]);
  });

  it('[S1] is refused: says so, rejects what was sent, and asks again after a reconnect', async () => {
    const allowed = new Set<string>();
    const world = new World({ allows: ({ userId }) => allowed.has(userId) });
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const states = record(channel.state);
    const errors = record(client.errors$);
    channel.messages.subscribe();
    const sent = channel.storeMessage('message', { text: 'hello' });
    await world.settle();
    await expect(sent).rejects.toMatchObject({ code: 'forbidden' });
    await expect(channel.loadMessages()).rejects.toMatchObject({ code: 'forbidden' });
    expect(states).toEqual(['idle', 'joining', 'refused']);
    expect(errors).toMatchObject([{ code: 'forbidden', topic }]);
    allowed.add('ann');
    world.server.break();
    await world.clock.advance(2_000);
    expect(states).toEqual(['idle', 'joining', 'refused', 'joining', 'joined']);
  });

  it('[S1] shows a refusal as a frame to those who subscribe to frames', async () => {
    const world = new World({ allows: () => false });
    const frames = record(world.client(ann).subscribe(topic));
    await world.settle();
    expect(frames).toMatchObject([{ type: 'error', payload: { code: 'forbidden' } }]);
  });

  it('[S5] may read where it may not write', async () => {
    const world = new World({ allows: ({ userId }, _topic, intent) => userId === 'ben' || intent === 'subscribe' });
    const channel = world.client(ann).channel<TextActions>(topic);
    const messages = record(channel.messages);
    const sent = channel.storeMessage('message', { text: 'no' });
    void world.client(ben).transmit(true, 'message', topic, { text: 'yes' });
    await world.settle();
    await expect(sent).rejects.toMatchObject({ code: 'forbidden' });
    expect(texts(messages)).toEqual(['yes']);
  });

  it('[S6] is revoked for good, until its observers have left', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const states = record(channel.state);
    const observer = channel.userList.subscribe();
    await world.settle();
    world.server.revoke('ann', topic);
    const sent = channel.storeMessage('message', { text: 'too late' });
    await world.settle();
    await expect(sent).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|not-subscribed/) as string });
    await expect(channel.loadMessages()).rejects.toMatchObject({ code: 'forbidden' });
    world.server.break();
    await world.clock.advance(2_000);
    expect(states).toEqual(['idle', 'joining', 'joined', 'revoked']);
    observer.unsubscribe();
    channel.userList.subscribe();
    await world.settle();
    expect(states.slice(4)).toEqual(['idle', 'joining', 'joined']);
  });

  it('keeps asking, ever less often, while the server cannot tell, and then sends what waits', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const states = record(channel.state);
    world.server.failNext('subscribe', ...Array.from({ length: 20 }, () => 'internal'));
    const sent = channel.storeMessage('message', { text: 'patient' });
    await world.clock.advance(60_000);
    expect(world.server.refusals.length).toBeLessThan(10);
    await world.clock.advance(600_000);
    await expect(sent).resolves.toMatchObject({ seq: 1 });
    expect(states).toEqual(['idle', 'joining', 'joined', 'idle']);
  });

  it('asks again when the server failed, and when it limits', async () => {
    const world = new World();
    const channel = world.client(ann).channel<TextActions>(topic);
    const states = record(channel.state);
    world.server.failNext('subscribe', 'internal', 'rate-limited', 'internal');
    channel.messages.subscribe();
    await world.clock.advance(10_000);
    expect(states).toEqual(['idle', 'joining', 'joined']);
  });

  it('[S3] takes no answer to an earlier join for that to the present one', async () => {
    const world = new World({ latency: 5 });
    const channel = world.client(ann).channel<TextActions>(topic);
    const others = world.client(ben);
    others.connect();
    channel.messages.subscribe().unsubscribe();
    await world.settle();
    const first = channel.messages.subscribe();
    await world.clock.advance(3);
    first.unsubscribe();
    await world.clock.advance(1);
    others.channel(topic).messages.subscribe();
    await world.clock.advance(2);
    const lists = record(channel.userList);
    await world.settle();
    const joins = world.server.received.map(({ action }) => action).filter((action) => action.endsWith('subscribe'));
    expect(joins).toEqual(['subscribe', 'unsubscribe', 'subscribe', 'subscribe']);
    expect(lists.map(names)).toEqual([[ben.name, ann.name]]);
  });

  it('[H1] loads pages of stored messages, newest first', async () => {
    const world = new World();
    const client = world.client(ann);
    for (let index = 1; index <= 12; index += 1) void client.transmit(true, 'message', topic, { text: String(index) });
    await world.clock.advance(2_000);
    const channel = world.client(ben).channel<TextActions>(topic);
    channel.messages.subscribe();
    const newest = channel.loadMessages({ limit: 5 });
    await world.settle();
    const page = await newest;
    expect(texts(page.messages)).toEqual(['8', '9', '10', '11', '12']);
    expect(page.more).toBe(true);
    const older = channel.loadMessages({ before: page.messages[0]?.seq ?? 0 });
    await world.settle();
    expect(texts((await older).messages)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect((await older).more).toBe(false);
  });

  it('[H1] asks for a page again when the connection was lost under way, or the server limited it', async () => {
    const world = new World({ latency: 50 });
    const channel = world.client(ann).channel<TextActions>(topic);
    channel.messages.subscribe();
    await world.clock.advance(300);
    world.server.failNext('load-messages', 'rate-limited');
    const page = channel.loadMessages();
    await world.clock.advance(60);
    world.server.break();
    await world.clock.advance(5_000);
    await expect(page).resolves.toEqual({ messages: [], more: false });
  });

  it('[S6] says what one may do, as far as the server said so since joining', async () => {
    const world = new World();
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const allowed = record(channel.allowed);
    channel.messages.subscribe();
    await world.settle();
    expect(allowed.at(-1)).toEqual({ publish: true, store: true });
    world.server.allow('ann', topic, { publish: true, store: false });
    await world.settle();
    expect(allowed.at(-1)).toEqual({ publish: true, store: false });
    await expect(acked(world, channel.storeMessage('message', { text: 'too late' }))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(acked(world, channel.sendMessage('message', { text: 'fine' }))).resolves.toMatchObject({ offset: 1 });
    world.server.connections[0]?.tell('allowance', { publish: 'perhaps' }, { topic });
    await world.settle();
    expect(allowed.at(-1)).toEqual({ publish: true, store: false });
    // Another connection may do what it is not told that it may not.
    world.server.break();
    await world.clock.advance(2_000);
    expect(allowed.at(-1)).toEqual({ publish: true, store: true });
  });

  it('[H1] rejects a page that the server refuses', async () => {
    const world = new World();
    world.server.failNext('load-messages', 'malformed');
    const page = world.client(ann).channel<TextActions>(topic).loadMessages();
    await world.settle();
    await expect(page).rejects.toMatchObject({ code: 'malformed' });
  });

  it.each(['internal', 'forbidden@2000'])(
    '[H1] asks again for a page that the server failed at as %s',
    async (code) => {
      const world = new World();
      const channel = world.client(ann).channel<TextActions>(topic);
      world.server.failNext('load-messages', code, code, code);
      const page = channel.loadMessages();
      await world.clock.advance(10_000);
      await expect(page).resolves.toEqual({ messages: [], more: false });
      world.server.failNext('load-messages', code, code, code, code);
      const refused = channel.loadMessages();
      await world.clock.advance(10_000);
      await expect(refused).rejects.toMatchObject({ name: 'ProtocolError' });
      expect(world.clock.pending).toBeLessThan(3);
    },
  );
});

async function acked<T>(world: World, sent: Promise<T>): Promise<T> {
  await world.settle();
  return sent;
}
