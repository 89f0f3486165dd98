import { markAfter, RawSocket } from '../../load';
import { WebSocketConnection } from './web-socket-connection';

/** Engine.IO 4 and Socket.IO 5 packets as text frames: the digits before the JSON say which. */
export class SocketIoConnection extends WebSocketConnection {
  private asked = 0;

  static async open(port: number): Promise<SocketIoConnection> {
    const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
    const connection = new SocketIoConnection(await RawSocket.open(url, { mark: markAfter('42') }));
    // Engine.IO says `0` by itself; `40` opens the default namespace, and is its answer, too.
    const opened = connection.answer((text) => text.startsWith('40') || undefined);
    connection.socket.send('40');
    await opened;
    return connection;
  }

  async join(topic: string): Promise<void> {
    this.asked += 1;
    const acknowledged = `43${this.asked}[`;
    const joined = this.answer((text) => text.startsWith(acknowledged) || undefined);
    this.socket.send(`42${this.asked}["join","${topic}"]`);
    await joined;
  }

  publish(topic: string, payload: string): void {
    this.socket.send(`42["message","${topic}",${payload}]`);
  }

  protected override hear(text: string): void {
    if (text === '2') this.socket.send('3');
    super.hear(text);
  }
}
