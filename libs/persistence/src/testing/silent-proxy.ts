import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a database that can swallow what is said on it, as a network does that lost its route. */
export class SilentProxy {
  /** Whether connections hear nothing more; one that was silent once stays so. */
  silent = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** The database's URL by this way. */
    readonly url: string,
  ) {}

  static async to(databaseUrl: string): Promise<SilentProxy> {
    const target = new URL(databaseUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new SilentProxy(server, url.href);
    server.on('connection', (near) => proxy.join(near, connect(Number(target.port), target.hostname)));
    return proxy;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket, far: Socket): void {
    let lost = false;
    near.on('data', (chunk) => {
      lost ||= this.silent;
      if (!lost) far.write(chunk);
    });
    far.pipe(near);
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      // Its end is the other's end, and either may come as an error.
      socket.on('error', () => undefined).on('close', () => [near, far].forEach((each) => each.destroy()));
    }
  }
}
