import { ProtocolError } from '@parley/client';
import { FakeClock } from '@parley/client/testing';
import { broadcast, FakeChannel, person, settled, typing } from './testing/fake-channel';
import { TextRoom } from './text-room';
import { TYPING_LASTS_MS } from './typing';

function history(count: number, from = 1) {
  return Array.from({ length: count }, (_, index) => broadcast(from + index, 'ben', `café 👩‍👩‍👧 日本語 ${from + index}`));
}

async function room(stored = 0, channel = new FakeChannel()) {
  channel.history = history(stored);
  const clock = new FakeClock();
  let ids = 0;
  const text = new TextRoom({ channel, me: 'ann', clock, newId: () => `mine-${(ids += 1)}` });
  text.open();
  await settled();
  return { channel, clock, text };
}

function seqs(text: TextRoom): number[] {
  return text.log().messages.map(({ seq }) => seq);
}

describe('text room', () => {
  it('[H1] loads the newest page first, then the older ones down to the beginning', async () => {
    const { channel, text } = await room(120);
    expect(seqs(text)).toEqual(Array.from({ length: 50 }, (_, index) => index + 71));
    expect(text.atBeginning()).toBe(false);
    await text.loadOlder();
    await text.loadOlder();
    expect(seqs(text)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    expect(text.atBeginning()).toBe(true);
    await text.loadOlder();
    expect(channel.asked.map(({ before }) => before)).toEqual([undefined, 71, 21]);
  });

  it('says that a page could not be loaded, and loads it when asked again', async () => {
    const { channel, text } = await room(60);
    channel.failure = new ProtocolError({ code: 'internal', message: 'no' });
    await text.loadOlder();
    expect(text.older()).toBe('failed');
    await text.loadOlder();
    expect(text.older()).toBe('waiting');
    expect(text.atBeginning()).toBe(true);
  });

  it('[P3] shows an own message once, whichever of ack and broadcast comes first', async () => {
    const { channel, text } = await room();
    text.send('café');
    text.send('日本語');
    expect(text.outgoing().map(({ delivery }) => delivery.state)).toEqual(['sending', 'sending']);
    channel.messages.next(broadcast(1, 'ann', 'café', 'mine-1'));
    expect(text.outgoing().map(({ id }) => id)).toEqual(['mine-2']);
    channel.stored[0]?.settle.resolve({ id: 'mine-1', timestamp: '2026-11-03T10:00:01.000Z', seq: 1, offset: 1 });
    channel.stored[1]?.settle.resolve({ id: 'mine-2', timestamp: '2026-11-03T10:00:02.000Z', seq: 2, offset: 2 });
    await settled();
    channel.messages.next(broadcast(2, 'ann', '日本語', 'mine-2'));
    expect(text.outgoing()).toEqual([]);
    expect(text.log().messages.map(({ seq, text: said }) => [seq, said])).toEqual([
      [1, 'café'],
      [2, '日本語'],
    ]);
  });

  it('[P3] sends a failed message again under the id it had, and forgets a discarded one', async () => {
    const { channel, text } = await room();
    text.send('one');
    text.send('two');
    for (const sent of channel.stored) sent.settle.reject(new ProtocolError({ code: 'not-stored', message: 'no' }));
    await settled();
    expect(text.outgoing().map(({ delivery }) => delivery)).toEqual([
      { state: 'failed', reason: 'The server could not keep it.', retryable: true },
      { state: 'failed', reason: 'The server could not keep it.', retryable: true },
    ]);
    text.retry('mine-1');
    text.retry('mine-1');
    text.discard('mine-2');
    expect(channel.stored.map(({ id }) => id)).toEqual(['mine-1', 'mine-2', 'mine-1']);
    expect(text.outgoing().map(({ id, delivery }) => [id, delivery.state])).toEqual([['mine-1', 'sending']]);
  });

  it('[P3] shows what an earlier page left in the channel, and each message once when it is delivered', async () => {
    const channel = new FakeChannel();
    void channel.storeMessage('message', { text: 'café 👩‍👩‍👧 日本語' }, { id: 'left-1' });
    channel.storeMessage('message', { text: 'refused' }, { id: 'left-2' }).catch(() => undefined);
    channel.stored[1]?.settle.reject(new ProtocolError({ code: 'forbidden', message: 'no' }));
    const { text } = await room(0, channel);
    expect(text.outgoing().map(({ id, delivery }) => [id, delivery.state])).toEqual([
      ['left-1', 'sending'],
      ['left-2', 'failed'],
    ]);
    // Asked for again to hear of its end; what was refused is not sent by itself.
    expect(channel.stored.map(({ id }) => id)).toEqual(['left-1', 'left-2', 'left-1']);
    channel.messages.next(broadcast(1, 'ann', 'café 👩‍👩‍👧 日本語', 'left-1'));
    channel.stored[2]?.settle.resolve({ id: 'left-1', timestamp: '2026-11-03T10:00:01.000Z', seq: 1 });
    await settled();
    expect(text.outgoing().map(({ id }) => id)).toEqual(['left-2']);
    expect(seqs(text)).toEqual([1]);
  });

  it('[P3] forgets that a message failed once the conversation has it', async () => {
    const { channel, text } = await room();
    text.send('kept after all');
    channel.stored[0]?.settle.reject(new ProtocolError({ code: 'not-stored', message: 'no' }));
    await settled();
    channel.messages.next(broadcast(1, 'ann', 'kept after all', 'mine-1'));
    expect(text.outgoing()).toEqual([]);
    expect(channel.outgoing.value).toEqual([]);
  });

  it('fills the hole that a reconnect left, newest first', async () => {
    const { channel, clock, text } = await room(3);
    channel.history = history(130);
    channel.messages.next(broadcast(131, 'ben', 'new'));
    await clock.advance(400);
    await clock.advance(400);
    await clock.advance(400);
    expect(seqs(text)).toEqual(Array.from({ length: 131 }, (_, index) => index + 1));
  });

  it('forgets what is far below rather than filling a very large hole', async () => {
    const { channel, clock, text } = await room(3);
    channel.history = history(5000);
    channel.messages.next(broadcast(5001, 'ben', 'new'));
    await clock.advance(400);
    expect(seqs(text)).toEqual([5001]);
    await text.loadOlder();
    expect(seqs(text)[0]).toBe(4951);
  });

  it('says who is typing for five seconds, until the message comes or they leave, and never oneself', async () => {
    const { channel, clock, text } = await room();
    channel.messages.next(typing('ann'));
    channel.messages.next(typing('ben'));
    channel.messages.next(typing('cleo'));
    expect(text.typing()).toEqual(['ben', 'cleo']);
    channel.messages.next(broadcast(1, 'ben', 'done'));
    expect(text.typing()).toEqual(['cleo']);
    await clock.advance(TYPING_LASTS_MS);
    expect(text.typing()).toEqual([]);
    channel.messages.next(typing('ben'));
    channel.unsubscriber.next(person('ben'));
    expect(text.typing()).toEqual([]);
  });

  it('[P5] tells the others of typing at most every few seconds', async () => {
    const { channel, clock, text } = await room();
    text.type();
    await clock.advance(1_000);
    text.type();
    expect(channel.volatile).toEqual(['typing']);
    await clock.advance(1_500);
    text.type();
    expect(channel.volatile).toEqual(['typing', 'typing']);
  });

  it('notes who comes and goes, after the message that was the last then, and not oneself', async () => {
    const { channel, text } = await room(2);
    channel.subscriber.next(person('ann'));
    channel.subscriber.next(person('ben'));
    channel.messages.next(broadcast(3, 'ben', 'hello'));
    channel.unsubscriber.next(person('ben'));
    expect(text.notices().map(({ userId, change, afterSeq }) => [userId, change, afterSeq])).toEqual([
      ['ben', 'joined', 2],
      ['ben', 'left', 3],
    ]);
  });

  it('hears new messages of others only', async () => {
    const { channel, text } = await room(2);
    expect(text.heard()).toBeUndefined();
    channel.messages.next(broadcast(3, 'ann', 'mine', 'elsewhere'));
    expect(text.heard()).toBeUndefined();
    channel.messages.next(broadcast(4, 'ben', 'hello'));
    expect(text.heard()?.text).toBe('hello');
  });

  it('survives a payload that is not a message', async () => {
    const { channel, text } = await room(1);
    const odd = { ...broadcast(2, 'ben', ''), payload: 5 } as unknown as ReturnType<typeof broadcast>;
    channel.messages.next(odd);
    channel.messages.next(broadcast(3, 'ben', 'fine'));
    expect(seqs(text)).toEqual([1, 3]);
  });

  it('leaves the topic when closed', async () => {
    const { channel, text } = await room();
    text.close();
    expect([channel.messages, channel.subscriber, channel.unsubscriber].map(({ observed }) => observed)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
