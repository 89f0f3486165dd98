import { noticeText, type Notice } from './notices';

function run(...changes: readonly (readonly [string, Notice['change']])[]): readonly Notice[] {
  return changes.map(([userId, change], index) => ({ key: String(index), afterSeq: 0, at: index, userId, change }));
}
const said = (...changes: readonly (readonly [string, Notice['change']])[]): string | undefined =>
  noticeText(run(...changes), (userId) => userId);

describe('notices', () => {
  it('tell who joined and left the call', () => {
    expect(said(['Ben', 'joined-call'])).toBe('Ben joined the call');
    expect(said(['Ben', 'left-call'])).toBe('Ben left the call');
    expect(said(['Ben', 'joined-call'], ['Cleo', 'joined-call'])).toBe('Ben and Cleo joined the call');
    expect(said(['Ben', 'joined-call'], ['Ben', 'left-call'])).toBe('Ben joined and left the call');
  });

  it('do not say of who left the meeting that they left its call', () => {
    expect(said(['Ben', 'left-call'], ['Ben', 'left'])).toBe('Ben left');
    expect(said(['Ben', 'joined'], ['Ben', 'joined-call'])).toBe('Ben joined the call');
    expect(said(['Cleo', 'joined'], ['Ben', 'joined'], ['Ben', 'joined-call'])).toBe(
      'Cleo joined · Ben joined the call',
    );
  });

  it('come to nothing for who is back again', () => {
    expect(said(['Ben', 'left-call'], ['Ben', 'joined-call'])).toBeUndefined();
    expect(said(['Ben', 'left'], ['Ben', 'joined'])).toBeUndefined();
  });
});
