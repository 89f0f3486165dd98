import { KEPT_PREFIX } from './storage-keep';
import { shown, tab } from './testing/tab';
import { ann, ben, texts, topic } from './testing/world';

const cafe = 'café 👩‍👩‍👧 日本語';

describe('whose it is', () => {
  async function leaveBehind() {
    const page = tab();
    page.world.server.isDown = true;
    const { client, channel } = page.load();
    client.identify('ann');
    void channel.storeMessage('message', { text: 'from Ann' }, { id: 'a' });
    await page.world.settle();
    client.disconnect();
    page.world.server.isDown = false;
    return page;
  }

  it('never goes out as somebody else after a reload, and is forgotten then', async () => {
    const { world, storage, load } = await leaveBehind();
    const { client, errors, channel } = load(ben);
    client.identify('ben');
    channel.messages.subscribe();
    await world.clock.advance(5_000);
    expect(shown(client)()).toEqual([]);
    expect(world.server.topic(topic).stored).toEqual([]);
    expect(errors).toMatchObject([{ message: expect.stringContaining('of no use to this user') as string }]);
    expect(storage.length).toBe(0);
  });

  it('never goes out as somebody else who signed in on the same page', async () => {
    const { world, storage, load } = tab();
    let who = ann;
    const { client, channel, statuses } = load(ann, {
      ticket: (resume) => world.server.optionsFor(who).ticket(resume),
    });
    client.identify('ann');
    channel.messages.subscribe();
    await world.settle();
    world.server.signOut('ann');
    await world.settle();
    const sent = channel.storeMessage('message', { text: 'from Ann' });
    const outcome = expect(sent).rejects.toMatchObject({ name: 'SignedOutError' });
    who = ben;
    client.identify('ben');
    client.connect();
    await outcome;
    void channel.storeMessage('message', { text: 'from Ben' });
    await world.clock.advance(1_000);
    expect(texts(world.server.topic(topic).stored)).toEqual(['from Ben']);
    expect(world.server.topic(topic).participants.map(({ userId }) => userId)).toEqual(['ben']);
    expect(statuses.at(-1)).toMatchObject({ state: 'connected', queued: 0 });
    expect(storage.length).toBe(0);
  });

  it.each([
    ['stops as signed out where the page said who is here', true],
    ['rejects it where the page did not', false],
  ])('never goes out when the session of another tab is somebody else by now: %s', async (_, isNamed) => {
    const { world, load } = tab();
    let who = ann;
    const { client, channel, statuses } = load(ann, {
      ticket: (resume) => world.server.optionsFor(who).ticket(resume),
    });
    if (isNamed) client.identify('ann');
    channel.messages.subscribe();
    await world.settle();
    world.server.break();
    const sent = channel.storeMessage('message', { text: 'from Ann' }, { id: 'a' });
    who = ben;
    await world.clock.advance(5_000);
    expect(world.server.topic(topic).stored).toEqual([]);
    expect(world.server.received.filter(({ action }) => action === 'message')).toEqual([]);
    expect(statuses.at(-1)?.state).toBe(isNamed ? 'signed-out' : 'connected');
    if (!isNamed) await expect(sent).rejects.toMatchObject({ name: 'SignedOutError' });
    // Ann is back: what she wrote is still hers.
    who = ann;
    client.identify('ann');
    client.connect();
    await world.clock.advance(1_000);
    expect(texts(world.server.topic(topic).stored)).toEqual(isNamed ? ['from Ann'] : []);
  });

  it('[T5] goes out when the session merely ended and the same user signs in again, in this page or the next', async () => {
    const { world, load } = tab();
    const { client, channel, statuses } = load();
    client.identify('ann');
    channel.messages.subscribe();
    await world.settle();
    world.server.silence();
    const sent = channel.storeMessage('message', { text: cafe }, { id: 'a' });
    world.server.break();
    world.server.signOut('ann');
    await world.clock.advance(1_000);
    expect(statuses.at(-1)).toMatchObject({ state: 'signed-out', queued: 1 });
    expect(shown(client)()).toEqual(['a']);
    world.server.signIn('ann');
    client.identify('ann');
    client.connect();
    await world.clock.advance(1_000);
    await expect(sent).resolves.toMatchObject({ id: 'a', seq: 1 });
  });

  it('is forgotten when its user signs out', async () => {
    const { world, storage, load } = tab();
    const { client, channel } = load();
    client.identify('ann');
    world.server.isDown = true;
    const sent = channel.storeMessage('message', { text: cafe });
    client.signOut();
    await expect(sent).rejects.toMatchObject({ name: 'SignedOutError' });
    expect(storage.length).toBe(0);
    world.server.isDown = false;
    client.identify('ann');
    client.connect();
    await world.clock.advance(5_000);
    expect(world.server.topic(topic).stored).toEqual([]);
  });

  it('is not sent when it was removed from the storage while the session was over', async () => {
    const { world, storage, load } = tab();
    const { client, channel } = load();
    client.identify('ann');
    channel.messages.subscribe();
    await world.settle();
    world.server.failNext('message', 'forbidden');
    void channel.storeMessage('message', { text: 'refused' });
    await world.settle();
    world.server.silence();
    const sent = channel.storeMessage('message', { text: cafe });
    const outcome = expect(sent).rejects.toMatchObject({ name: 'SignedOutError' });
    world.server.break();
    world.server.signOut('ann');
    await world.clock.advance(1_000);
    for (const index of [0, 1]) storage.removeItem(`${KEPT_PREFIX}${index}`);
    world.server.signIn('ann');
    client.identify('ann');
    client.connect();
    await outcome;
    await world.clock.advance(1_000);
    expect(world.server.topic(topic).stored).toEqual([]);
    expect(shown(client)()).toEqual([]);
  });

  it('stays for the next connection when the client is told to disconnect', async () => {
    const { world, load } = tab();
    const { client, channel } = load();
    world.server.isDown = true;
    client.identify('ann');
    const sent = channel.storeMessage('message', { text: cafe }, { id: 'a' });
    client.disconnect();
    await expect(sent).rejects.toMatchObject({ name: 'DisconnectedError' });
    world.server.isDown = false;
    client.connect();
    await world.clock.advance(1_000);
    expect(texts(world.server.topic(topic).stored)).toEqual([cafe]);
  });
});
