import { markAfter, RawSocket } from '../../load';
import { WebSocketConnection } from './web-socket-connection';

/** What our small programs over `ws` understand: `room` joins, `room payload` publishes, and the payload comes back. */
export class RoomTextConnection extends WebSocketConnection {
  static async open(port: number): Promise<RoomTextConnection> {
    return new RoomTextConnection(await RawSocket.open(`ws://127.0.0.1:${port}/`, { mark: markAfter('{') }));
  }

  async join(topic: string): Promise<void> {
    const joined = this.answer((text) => text === `joined ${topic}` || undefined);
    this.socket.send(topic);
    await joined;
  }

  publish(topic: string, payload: string): void {
    this.socket.send(`${topic} ${payload}`);
  }
}
