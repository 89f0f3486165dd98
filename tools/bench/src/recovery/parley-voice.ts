import type { ServerFrame } from '@parley/protocol';
import { RawSocket } from '../load';
import type { Voice } from './absence';

/** Someone in a topic of ours who stores what they say. */
export class ParleyVoice implements Voice {
  private readonly unacknowledged = new Set<string>();
  private settled: (() => void) | undefined;
  private failed: ((error: Error) => void) | undefined;
  private said = 0;

  private constructor(
    private readonly socket: RawSocket,
    private readonly topic: string,
  ) {
    socket.onFrame = (frame) => this.hear(frame);
    void socket.closed.then((how) => this.failed?.(new Error(`The speaker's connection ended with ${String(how)}.`)));
  }

  static async open(url: string, topic: string): Promise<ParleyVoice> {
    const voice = new ParleyVoice(await RawSocket.open(url), topic);
    const joined = new Promise<void>((resolve, reject) => {
      voice.settled = resolve;
      voice.failed = reject;
    });
    voice.socket.send(JSON.stringify({ action: 'subscribe', topic }));
    await joined;
    return voice;
  }

  async say(count: number): Promise<readonly string[]> {
    const ids = Array.from({ length: count }, () => {
      this.said += 1;
      return `said-${this.said}`;
    });
    for (const id of ids) this.unacknowledged.add(id);
    const acknowledged = new Promise<void>((resolve, reject) => {
      this.settled = resolve;
      this.failed = reject;
    });
    const payload = { text: 'See you there, café 日本語' };
    for (const id of ids) {
      this.socket.send(JSON.stringify({ action: 'message', topic: this.topic, store: true, id, payload }));
    }
    await acknowledged;
    return ids;
  }

  leave(): void {
    this.failed = undefined;
    this.socket.destroy();
  }

  private hear(bytes: Buffer): void {
    const { type, payload } = JSON.parse(bytes.toString('utf8')) as ServerFrame<{ id?: string } | null>;
    if (type === 'ping') this.socket.send('{"action":"pong"}');
    else if (type === 'error') this.failed?.(new Error(bytes.toString('utf8')));
    else if (type === 'subscribe') this.settled?.();
    else if (type === 'ack') {
      this.unacknowledged.delete(payload?.id ?? '');
      if (this.unacknowledged.size === 0) this.settled?.();
    }
  }
}
