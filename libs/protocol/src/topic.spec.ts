import { formatTopic, parseTopic } from './topic';

describe('topic', () => {
  it('[F3] takes a well-formed name apart', () => {
    expect(parseTopic('exchange/text:6f1c-A_9')).toEqual({
      name: 'exchange/text:6f1c-A_9',
      namespace: 'exchange',
      feature: 'text',
      id: '6f1c-A_9',
    });
  });

  it.each([
    '',
    'exchange',
    'exchange/text',
    'exchange/text:',
    'Exchange/text:1',
    'exchange/te xt:1',
    '/text:1',
    'a/b:c:d',
    'a/b:c\n',
    'é/b:c',
    `a/b:${'x'.repeat(65)}`,
  ])('[F3] refuses %j', (name) => {
    expect(parseTopic(name)).toBeUndefined();
  });

  it('formats what it parses, and nothing else', () => {
    expect(parseTopic(formatTopic('exchange', 'call', '1'))?.feature).toBe('call');
    expect(() => formatTopic('exchange', 'call', 'ü')).toThrow(RangeError);
  });
});
