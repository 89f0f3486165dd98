import { CloseCode } from '@parley/protocol';
import { HeldDeliveries, type Member } from './held-deliveries';

const LIMIT = 100;

describe('[S6] HeldDeliveries', () => {
  let held: HeldDeliveries;
  let sent: string[];
  let closedWith: number | undefined;
  let member: Member;

  beforeEach(() => {
    held = new HeldDeliveries(LIMIT);
    sent = [];
    closedWith = undefined;
    member = {
      send: (frame) => sent.push(frame.toString('utf8')),
      close: (code) => (closedWith = code),
    };
  });

  function take(text: string): boolean {
    return held.take(member, Buffer.from(text), undefined);
  }

  it('holds nothing back from those about whom nothing is asked', () => {
    expect(take('café')).toBe(false);
    held.hold({ send: () => undefined, close: () => undefined });
    expect(take('café')).toBe(false);
    expect(held.settled(member)).toBeUndefined();
  });

  it('gives what waited in order, when the last question is answered', async () => {
    const [first, second] = [held.hold(member), held.hold(member)];
    expect([take('日本語'), take('👩‍👩‍👧')]).toEqual([true, true]);
    first();
    expect(take('café')).toBe(true);
    expect(sent).toEqual([]);
    const settled = held.settled(member);
    second();
    await settled;
    expect(sent).toEqual(['日本語', '👩‍👩‍👧', 'café']);
    expect(take('later')).toBe(false);
  });

  it('gives nothing to who is gone, and nothing of before to who comes back', async () => {
    const first = held.hold(member);
    take('before');
    const settled = held.settled(member);
    held.drop(member);
    await settled;
    const second = held.hold(member);
    take('after');
    first();
    expect(sent).toEqual([]);
    second();
    expect(sent).toEqual(['after']);
  });

  it('[L2] sends away for whom too much waits', () => {
    held.hold(member);
    take('x'.repeat(LIMIT));
    expect(closedWith).toBeUndefined();
    expect(take('x')).toBe(true);
    expect(closedWith).toBe(CloseCode.tryAgainLater);
  });
});
