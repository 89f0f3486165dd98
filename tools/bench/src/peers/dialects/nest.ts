import { markAfter, RawSocket } from '../../load';
import { WebSocketConnection } from './web-socket-connection';

/** Events as Nest's WsAdapter reads and writes them. */
export class NestConnection extends WebSocketConnection {
  static async open(port: number): Promise<NestConnection> {
    return new NestConnection(await RawSocket.open(`ws://127.0.0.1:${port}/`, { mark: markAfter('{"event":"m') }));
  }

  async join(topic: string): Promise<void> {
    const joined = this.answer((text) => text === `{"event":"joined","data":"${topic}"}` || undefined);
    this.socket.send(`{"event":"join","data":"${topic}"}`);
    await joined;
  }

  publish(topic: string, payload: string): void {
    this.socket.send(`{"event":"message","data":{"room":"${topic}","payload":${payload}}}`);
  }
}
