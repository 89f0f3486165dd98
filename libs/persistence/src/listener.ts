import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { connectionPool } from './data-source';

export interface ListenerEvents {
  readonly onMessage: (payload: string) => void;
  /**
   * From now on announcements are heard, for the first time or again; what came before may have been missed: find out.
   * When that fails, the connection is made anew and it is asked again.
   */
  readonly catchUp: () => Promise<void>;
  /** Told when announcements are not heard any more, once until they are again. */
  readonly onTrouble: (error: Error) => void;
}

/** Hears what the database announces on one channel. */
export interface Listener {
  readonly connected: boolean;
  close(): Promise<void>;
}

const FIRST_DELAY_MS = 50;
/** A database that is back after a restart is listened to this soon. */
const LONGEST_DELAY_MS = 500;
/** A connection that dies without a word is found out this soon, … */
const PULSE_MS = 1_000;
/** … and this much later. A database under load may take a moment to answer. */
const ANSWER_MS = 3_000;

/**
 * Listens on a connection of its own, which is made again whenever it breaks.
 *
 * @throws when the first connection cannot be made, or what came before it cannot be found out
 */
export async function listen(dataSource: DataSource, channel: string, events: ListenerEvents): Promise<Listener> {
  const pool = connectionPool(dataSource).options as ClientConfig;
  const options: ClientConfig = {
    connectionString: pool.connectionString,
    application_name: `parley ${channel}`,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: ANSWER_MS,
  };
  const listener = new ReconnectingListener(options, channel, events);
  await listener.connect();
  try {
    await events.catchUp();
  } catch (error) {
    await listener.close();
    throw error;
  }
  return listener;
}

class ReconnectingListener implements Listener {
  private client: Client | undefined;
  private pulse: NodeJS.Timeout | undefined;
  private closed = false;
  private inTrouble = false;

  constructor(
    private readonly options: ClientConfig,
    private readonly channel: string,
    private readonly events: ListenerEvents,
  ) {}

  get connected(): boolean {
    return this.client !== undefined;
  }

  async connect(): Promise<void> {
    const client = new Client(this.options);
    client.on('notification', ({ payload }) => {
      this.events.onMessage(payload ?? '');
    });
    // The first of "error" and "end" starts over; the other one finds nothing to do.
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('the connection was closed')));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.closed) {
      await client.end();
      return;
    }
    this.client = client;
    this.pulse = setInterval(() => {
      client.query('SELECT 1').catch((error: unknown) => this.lost(client, error as Error));
    }, PULSE_MS);
    this.pulse.unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.pulse);
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private lost(client: Client, error: Error): void {
    if (this.client !== client) return;
    this.client = undefined;
    clearInterval(this.pulse);
    // Its end is of no interest any more, however it comes.
    client.end().catch(() => undefined);
    this.complain(error);
    void this.reconnect();
  }

  private async reconnect(): Promise<void> {
    for (let wait = FIRST_DELAY_MS; ; wait = Math.min(wait * 2, LONGEST_DELAY_MS)) {
      await delay(wait, undefined, { ref: false });
      if (await this.succeeds()) return;
    }
  }

  /** One attempt to connect again and to catch up; true also when nobody wants that any more. */
  private async succeeds(): Promise<boolean> {
    if (this.closed) return true;
    try {
      await this.connect();
    } catch (error) {
      this.complain(error as Error);
      return false;
    }
    const { client } = this;
    try {
      await this.events.catchUp();
      this.inTrouble = false;
      return true;
    } catch (error) {
      // Starting over once more, through the same door as when the connection breaks.
      if (client !== undefined) this.lost(client, error as Error);
      return true;
    }
  }

  private complain(error: Error): void {
    if (!this.inTrouble) this.events.onTrouble(error);
    this.inTrouble = true;
  }
}
