import type { RawSocket } from '../../load';
import type { PeerConnection } from '../peer';

/** Milliseconds for one answer of a server; only a failure waits that long. */
const DEADLINE_MS = 60_000;

/** What connections over a WebSocket have in common, whatever is spoken there. */
export abstract class WebSocketConnection implements PeerConnection {
  private waiting: ((text: string) => boolean)[] = [];
  private isClosing = false;
  readonly ended: Promise<string | undefined>;

  protected constructor(protected readonly socket: RawSocket) {
    socket.onFrame = (payload) => this.hear(payload.toString('utf8'));
    this.ended = socket.closed.then((how) => (this.isClosing ? undefined : `closed with ${String(how)}`));
  }

  get received(): number {
    return this.socket.messages;
  }

  set onMessage(read: ((message: Buffer) => void) | undefined) {
    this.socket.onMessage = read;
  }

  get queuedBytes(): number {
    return this.socket.queuedBytes;
  }

  abstract join(topic: string): Promise<void>;
  abstract publish(topic: string, payload: string): void;

  async close(): Promise<void> {
    this.isClosing = true;
    await this.socket.close();
  }

  /** Every text that is no message. */
  protected hear(text: string): void {
    this.waiting = this.waiting.filter((isIt) => !isIt(text));
  }

  /** The first of the next texts for which `pick` gives something. @throws Error when the connection ends first */
  protected answer<T>(pick: (text: string) => T | undefined): Promise<T> {
    const found = new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('The server did not answer.'));
      }, DEADLINE_MS);
      this.waiting.push((text) => {
        const picked = pick(text);
        if (picked === undefined) return false;
        clearTimeout(timer);
        resolve(picked);
        return true;
      });
    });
    const ended = this.ended.then((why) => {
      throw new Error(`The connection ended: ${why ?? 'it was closed'}`);
    });
    return Promise.race([found, ended]);
  }
}
