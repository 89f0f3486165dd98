import { FaultProxy } from './fault-proxy';

/** A network between a browser and the server that a test can cut. Carries bytes and looks at none. */
export class CutNetwork {
  private constructor(private readonly proxy: FaultProxy) {}

  /** @param target the server's address, like `http://127.0.0.1:3000` */
  static async before(target: string): Promise<CutNetwork> {
    return new CutNetwork(await FaultProxy.before(target));
  }

  get url(): string {
    return this.proxy.url;
  }

  /** Ends every connection, and each new one at once. */
  cut(): void {
    this.proxy.refuse();
    this.proxy.cut('end');
  }

  /** From now on what the server sends is lost; what it is sent still arrives. */
  mute(): void {
    this.proxy.worsen({ isLost: true }, 'down');
  }

  /** New connections work again. */
  restore(): void {
    this.proxy.heal();
  }

  async close(): Promise<void> {
    await this.proxy.close();
  }
}
