import { SenderLimits } from './sender-limits';

const encoding = (maxBitrate: number) => ({ maxBitrate, maxFramerate: 15, scaleResolutionDownBy: 1 });

/** Refuses what a browser refuses: a change while another one is under way. */
class FakeSender {
  readonly applied: number[] = [];
  private changing = false;

  constructor(private readonly encodings: { maxBitrate?: number }[]) {}

  getParameters(): { encodings: { maxBitrate?: number }[] } {
    return { encodings: structuredClone(this.encodings) };
  }

  async setParameters({ encodings }: { encodings: { maxBitrate?: number }[] }): Promise<void> {
    if (this.changing) throw new Error('InvalidStateError');
    this.changing = true;
    await Promise.resolve();
    this.changing = false;
    this.applied.push(encodings[0]?.maxBitrate ?? 0);
  }
}

describe('SenderLimits', () => {
  it('sets one after the other, and of those that wait only the last', async () => {
    const errors: unknown[] = [];
    const limits = new SenderLimits((error) => errors.push(error));
    const sender = new FakeSender([{}]);
    for (const rate of [1, 2, 3]) limits.set(sender as unknown as RTCRtpSender, encoding(rate));
    await new Promise(setImmediate);
    limits.set(sender as unknown as RTCRtpSender, encoding(4));
    await new Promise(setImmediate);
    expect(sender.applied).toEqual([1, 3, 4]);
    expect(errors).toEqual([]);
  });

  it('leaves a sender alone that has nothing to set yet', async () => {
    const sender = new FakeSender([]);
    new SenderLimits(() => undefined).set(sender as unknown as RTCRtpSender, encoding(1));
    await new Promise(setImmediate);
    expect(sender.applied).toEqual([]);
  });
});
