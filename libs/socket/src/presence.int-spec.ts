import { startEngine, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('presence', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startEngine(() => true);
  });

  afterEach(() => engine.close());

  async function enter(userId: string, name?: string) {
    const client = await engine.connect(userId, name);
    client.send({ action: 'subscribe', topic });
    return { client, subscribed: await client.nextOf('subscribe') };
  }

  it('[U1] [U2] several tabs of a user are one participant, who comes once and leaves once', async () => {
    const { client: ann } = await enter('ann');
    const { client: one } = await enter('ben', 'Ben');
    const { client: two, subscribed } = await enter('ben', 'Ben');
    expect(subscribed.payload.participants).toEqual([
      {
        userId: 'ann',
        name: 'ann',
        colour: expect.stringMatching(/^#[0-9a-f]{6}$/) as string,
        connectionIds: [ann.connectionId],
      },
      {
        userId: 'ben',
        name: 'Ben',
        colour: expect.any(String) as string,
        connectionIds: [one.connectionId, two.connectionId],
      },
    ]);
    one.close();
    await one.closed();
    two.close();
    await ann.nextOf('unsubscriber');
    const news = ann.seen.filter(({ type }) => type.endsWith('subscriber'));
    expect(news.map(({ type, payload }) => [type, (payload.connectionIds as string[]).length])).toEqual([
      ['subscriber', 1],
      ['subscriber', 2],
      ['subscriber', 1],
      ['unsubscriber', 0],
    ]);
  });

  it('[U2] gives a user the same colour everywhere', async () => {
    const { subscribed } = await enter('ann');
    const other = await engine.connect('ann');
    other.send({ action: 'subscribe', topic: 'room/text:2' });
    const again = await other.nextOf('subscribe');
    const colour = ({ payload }: typeof again): unknown => (payload.participants as { colour: string }[])[0]?.colour;
    expect(colour(again)).toBe(colour(subscribed));
  });

  it('[S7] unsubscribing twice is no mistake, and tells the others once', async () => {
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    for (const id of ['one', 'two']) ben.send({ action: 'unsubscribe', topic, id });
    expect((await ben.answerTo('one')).payload).toEqual({ reason: 'requested' });
    expect((await ben.answerTo('two')).payload).toEqual({ reason: 'requested' });
    ann.send({ action: 'note', topic, payload: 1 });
    await ann.nextOf('note');
    await ben.settled();
    expect(ann.of('unsubscriber')).toHaveLength(1);
    expect(ben.of('note')).toEqual([]);
  });

  it('[S3] subscribing again answers again and tells nobody', async () => {
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    ben.send({ action: 'subscribe', topic, id: 'again' });
    expect((await ben.answerTo('again')).payload.participants).toHaveLength(2);
    await ann.settled();
    expect(ann.of('subscriber')).toHaveLength(1);
  });

  it('answers load-subscribers with the list', async () => {
    const { client: ann } = await enter('ann');
    ann.send({ action: 'load-subscribers', topic, id: 'list' });
    expect((await ann.answerTo('list')).payload.participants).toHaveLength(1);
  });
});
