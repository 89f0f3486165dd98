import {
  nextToStop,
  nobodyTypes,
  startedTyping,
  stillTyping,
  stoppedTyping,
  TYPING_EVERY_MS,
  TYPING_LASTS_MS,
  typingText,
  TypingPace,
} from './typing';

describe('typing', () => {
  it('is believed for five seconds after the last word of it', () => {
    const both = startedTyping(startedTyping(nobodyTypes, 'ben', 0), 'cleo', 1_000);
    expect(nextToStop(both, 2_000)).toBe(TYPING_LASTS_MS - 2_000);
    expect([...stillTyping(both, TYPING_LASTS_MS).keys()]).toEqual(['cleo']);
    expect([...stillTyping(startedTyping(both, 'ben', 3_000), TYPING_LASTS_MS).keys()]).toEqual(['ben', 'cleo']);
    expect(nextToStop(nobodyTypes, 0)).toBeUndefined();
  });

  it('ends with the message', () => {
    const one = startedTyping(nobodyTypes, 'ben', 0);
    expect(stoppedTyping(one, 'ben').size).toBe(0);
    expect(stoppedTyping(one, 'cleo')).toBe(one);
  });

  it.each([
    [[], ''],
    [['Ben'], 'Ben is typing…'],
    [['Ben', 'Cleo'], 'Ben and Cleo are typing…'],
    [['Ben', 'Cleo', '日本語'], 'Ben, Cleo and 日本語 are typing…'],
    [['Ann', 'Ben', 'Cleo', 'Dan'], 'Several people are typing…'],
  ])('of %j reads %j', (names, expected) => {
    expect(typingText(names)).toBe(expected);
  });

  it('is told at once, then at most every few seconds, and at once again after a message', () => {
    const pace = new TypingPace();
    expect([0, 1, TYPING_EVERY_MS - 1, TYPING_EVERY_MS].map((now) => pace.isDue(now))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    pace.reset();
    expect(pace.isDue(TYPING_EVERY_MS + 1)).toBe(true);
  });
});
