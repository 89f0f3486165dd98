import type { Encoding } from '../quality/encoding';

/** Sets what senders send at most, one change after the other: a browser refuses two at the same time. */
export class SenderLimits {
  private readonly wanted = new Map<RTCRtpSender, Encoding>();
  private readonly changing = new Set<RTCRtpSender>();

  constructor(private readonly onError: (error: unknown) => void) {}

  set(sender: RTCRtpSender, encoding: Encoding): void {
    this.wanted.set(sender, encoding);
    if (!this.changing.has(sender)) void this.change(sender);
  }

  private async change(sender: RTCRtpSender): Promise<void> {
    this.changing.add(sender);
    for (let next = this.take(sender); next !== undefined; next = this.take(sender)) {
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      // Before the first exchange there is nothing to set.
      if (encoding === undefined) break;
      Object.assign(encoding, next);
      await sender.setParameters(parameters).catch(this.onError);
    }
    this.changing.delete(sender);
  }

  private take(sender: RTCRtpSender): Encoding | undefined {
    const encoding = this.wanted.get(sender);
    this.wanted.delete(sender);
    return encoding;
  }
}
