import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A network between a browser and the server that a test can cut. Carries bytes and looks at none. */
export class CutNetwork {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private isMute = false;

  private constructor(private readonly listener: Server) {}

  /** @param target the server's address, like `http://127.0.0.1:3000` */
  static async before(target: string): Promise<CutNetwork> {
    const { hostname, port } = new URL(target);
    const listener = createServer();
    const network = new CutNetwork(listener);
    listener.on('connection', (near) => network.carry(near, connect(Number(port), hostname)));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Ends every connection, and each new one at once. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** From now on what the server sends is lost; what it is sent still arrives. */
  mute(): void {
    this.isMute = true;
  }

  /** New connections work again. */
  restore(): void {
    this.isCut = false;
    this.isMute = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private carry(near: Socket, far: Socket): void {
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      // A cut connection reports an error, and that is what a cut is for.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    }
    if (this.isCut) {
      near.destroy();
      far.destroy();
      return;
    }
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      if (!this.isMute) near.write(bytes);
    });
    far.on('end', () => near.end());
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }
}
