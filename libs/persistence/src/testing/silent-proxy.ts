import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a database that can swallow what is said on it, as a network does that lost its route, or break. */
export class SilentProxy {
  /** Whether connections hear nothing more; one that was silent once stays so. */
  silent = false;
  private isCut = false;
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
    server.on('connection', (near) => {
      if (proxy.isCut) near.destroy();
      else proxy.join(near, connect(Number(target.port), target.hostname));
    });
    return proxy;
  }

  /** Breaks every connection and lets no other through, until it is mended. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
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
      socket
        .on('error', () => undefined)
        .on('close', () => {
          for (const each of [near, far]) {
            each.destroy();
            this.sockets.delete(each);
          }
        });
    }
  }
}
