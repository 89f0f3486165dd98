import type { NewMessage } from '@parley/socket';
import { numbered } from './numbered-batch';

function to(topic: string): NewMessage {
  return {
    topic,
    action: 'message',
    userId: '00000000-0000-4000-8000-00000000000a',
    sender: 'connection-1',
    id: undefined,
    payload: 'café 日本語',
    timestamp: new Date(0),
  };
}

describe('a numbered batch', () => {
  it('names each topic once, and says where each message belongs', () => {
    expect(numbered(['b', 'a', 'b', 'b', 'a'].map((topic) => to(`exchange/text:${topic}`)))).toEqual({
      topics: ['exchange/text:b', 'exchange/text:a'],
      counts: [3, 2],
      topicPlaces: [1, 2, 1, 1, 2],
      numbers: [1, 1, 2, 3, 2],
    });
  });

  it('is empty without messages', () => {
    expect(numbered([])).toEqual({ topics: [], counts: [], topicPlaces: [], numbers: [] });
  });
});
