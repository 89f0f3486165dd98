import type { ClientFrame, ServerFrame } from '@parley/protocol';
import { markAfter, RawSocket } from '../../load';
import { WebSocketConnection } from './web-socket-connection';

/** The action of all messages; no type of the server's own begins with its first letter. */
const ACTION = 'flood';

/** A client of ours, as docs/protocol.md describes them: it answers pings, and its messages are ordinary ones. */
export class ParleyConnection extends WebSocketConnection {
  private asked = 0;

  /** @param url with a ticket */
  static async open(url: string): Promise<ParleyConnection> {
    return new ParleyConnection(await RawSocket.open(url, { mark: markAfter('{"type":"f') }));
  }

  async join(topic: string): Promise<void> {
    this.asked += 1;
    const id = `join-${this.asked}`;
    const answer = this.answer((text) => {
      if (!text.includes(id)) return undefined;
      const frame = JSON.parse(text) as ServerFrame;
      return frame.id === id ? frame : undefined;
    });
    this.send({ action: 'subscribe', topic, id });
    const { type, payload } = await answer;
    if (type !== 'subscribe') throw new Error(`Not subscribed: ${JSON.stringify(payload)}`);
  }

  publish(topic: string, payload: string): void {
    this.socket.send(`{"action":"${ACTION}","topic":"${topic}","payload":${payload}}`);
  }

  protected override hear(text: string): void {
    if (text.startsWith('{"type":"ping"')) this.send({ action: 'pong' });
    else if (text.startsWith('{"type":"error"') && !text.includes('"id"')) {
      // An answer to a message: nothing of what is published here may be refused.
      throw new Error(`Refused: ${text}`);
    }
    super.hear(text);
  }

  private send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }
}
