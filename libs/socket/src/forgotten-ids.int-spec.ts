import { startEngine } from './testing';

const topic = 'room/text:1';

describe('a stored message that is sent again after its ack was forgotten', () => {
  it('[P3] is acknowledged with its seq, and is not broadcast again', async () => {
    const engine = await startEngine(() => true, { rememberedIds: 1 });
    try {
      const ann = await engine.connect('ann');
      ann.send({ action: 'subscribe', topic });
      await ann.nextOf('subscribe');
      const store = async (id: string): Promise<unknown> => {
        const before = ann.of('ack').length;
        ann.send({ action: 'note', topic, store: true, id, payload: `café ${id}` });
        await ann.next(() => ann.of('ack').length > before);
        return ann.of('ack').at(-1)?.payload;
      };
      await store('a');
      await store('b');
      expect(await store('a')).toMatchObject({ id: 'a', seq: 1 });
      await store('c');
      expect(ann.of('note').map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(engine.log.batches).toEqual([1, 1, 1, 1]);
    } finally {
      await engine.close();
    }
  });
});
