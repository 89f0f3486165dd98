import type { ServerFrame } from '@parley/protocol';
import { markAfter, RawSocket } from '../../load';
import { WebSocketConnection } from './web-socket-connection';

/** What is around each payload. */
export interface Envelope {
  readonly before: string;
  readonly after: string;
}

/** As much as our server puts around a payload, and in the same form (F1); nobody made it up for this message. */
export const ourEnvelope: Envelope = envelope({
  type: 'flood',
  topic: 'exchange/text:00000000-0000-4000-8000-000000000000',
  sender: 'AAAAAAAAAAAAAAAAAAAAAA',
  userId: '00000000-0000-4000-8000-000000000000',
  store: false,
  timestamp: '2026-01-01T00:00:00.000Z',
  payload: null,
  offset: 10_000,
});

/** What our small programs over `ws` understand: `room` joins, `room payload` publishes, and the payload comes back. */
export class RoomTextConnection extends WebSocketConnection {
  private constructor(
    socket: RawSocket,
    private readonly envelope: Envelope,
  ) {
    super(socket);
  }

  /** @param envelope what its publications have around their payloads */
  static async open(
    port: number,
    { before, after }: Envelope = { before: '', after: '' },
  ): Promise<RoomTextConnection> {
    const socket = await RawSocket.open(`ws://127.0.0.1:${port}/`, { mark: markAfter('{') });
    return new RoomTextConnection(socket, { before, after });
  }

  async join(topic: string): Promise<void> {
    const joined = this.answer((text) => text === `joined ${topic}` || undefined);
    this.socket.send(topic);
    await joined;
  }

  publish(topic: string, payload: string): void {
    const { before, after } = this.envelope;
    this.socket.send(`${topic} ${before}${payload}${after}`);
  }
}

function envelope(frame: ServerFrame): Envelope {
  const [before = '', after = ''] = JSON.stringify(frame).split('null');
  return { before, after };
}
