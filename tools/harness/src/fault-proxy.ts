import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { reset } from './flow';
import { directions, type Direction, type LineCondition } from './line-condition';
import { ProxiedConnection, type Cut } from './proxied-connection';

/**
 * A TCP proxy that can be as bad as any network: late, slow, silent one way or both, cut, or closed to newcomers. It
 * carries bytes and looks at none. What holds is for every connection, those to come included; a single one is worse off
 * through {@link connections}.
 */
export class FaultProxy {
  private readonly open = new Set<ProxiedConnection>();
  private readonly conditions: Record<Direction, LineCondition> = { up: {}, down: {} };
  private isRefusing = false;

  private constructor(
    private readonly listener: Server,
    target: { readonly port: number; readonly host: string },
    random: () => number,
  ) {
    listener.on('connection', (near) => {
      if (this.isRefusing) {
        near.on('error', () => near.destroy());
        reset(near);
        return;
      }
      const far = connect({ ...target, allowHalfOpen: true });
      const connection = new ProxiedConnection(near, far, random);
      this.open.add(connection);
      void connection.closed.then(() => this.open.delete(connection));
      for (const direction of directions) connection.set(direction, this.conditions[direction]);
    });
  }

  /**
   * @param target the server's address, like `http://127.0.0.1:3000`
   * @param random from 0 (inclusive) to 1, for jitter and for where pieces end
   */
  static async before(target: string, random: () => number = Math.random): Promise<FaultProxy> {
    const { hostname, port } = new URL(target);
    const listener = createServer({ allowHalfOpen: true });
    const proxy = new FaultProxy(listener, { port: Number(port), host: hostname }, random);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** The same with `ws:`, and the server's path. */
  get socketUrl(): string {
    return `${this.url.replace(/^http/, 'ws')}/sock`;
  }

  get connections(): ReadonlySet<ProxiedConnection> {
    return this.open;
  }

  /** Adds to what holds for a direction, or both. */
  worsen(condition: LineCondition, direction?: Direction): void {
    for (const each of direction === undefined ? directions : [direction]) {
      this.conditions[each] = { ...this.conditions[each], ...condition };
      for (const connection of this.open) connection.set(each, this.conditions[each]);
    }
  }

  /** Ends every connection there is. New ones work. */
  cut(how: Cut = 'reset'): void {
    for (const connection of this.open) connection.cut(how);
  }

  /** Resets each new connection; those that are open stay. */
  refuse(): void {
    this.isRefusing = true;
  }

  /** Everything works again, for the connections that are open as well. */
  heal(): void {
    this.isRefusing = false;
    for (const direction of directions) {
      this.conditions[direction] = {};
      for (const connection of this.open) connection.set(direction, {});
    }
  }

  async close(): Promise<void> {
    this.refuse();
    this.listener.close();
    const closed = [...this.open].map((connection) => connection.closed);
    this.cut();
    await Promise.all([once(this.listener, 'close'), ...closed]);
  }
}
