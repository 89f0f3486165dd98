import { booking, formatTopic, type Booking } from '@parley/protocol';
import { startTestPostgres, type TestPostgres } from '@parley/persistence/testing';
import { Pool } from 'pg';
import { HttpPerson } from './http-person';
import { ParleyServer } from './parley-server';
import { RawSocket } from './raw-socket';

type Env = Readonly<Record<string, string>>;

/** What every server of a test gets, unless the test says otherwise: nothing that slows a run with many people down. */
const baseEnv: Env = {
  NODE_ENV: 'test',
  SESSION_SECRET: 'journeys only, and nobody signs in anywhere else with it',
  PARLEY_DEMO: 'off',
  PARLEY_RELAY: 'off',
  REGISTRATIONS_PER_ADDRESS: '10000',
  SIGN_IN_PER_ADDRESS: '10000',
  TICKETS_PER_MINUTE: '100000',
};

/**
 * A service of the test's own: a database, one or more servers on it, and Ann, Ben and Cleo. Ann is the host of a
 * booking in which Ben takes part and Cleo does not.
 */
export class World {
  readonly servers: ParleyServer[] = [];
  private readonly witnesses = new Map<ParleyServer, { person: HttpPerson; topic: string }>();

  private constructor(
    private readonly postgres: TestPostgres,
    readonly databaseUrl: string,
    /** For looking into the tables. */
    readonly database: Pool,
    private readonly env: Env,
  ) {}

  ann!: HttpPerson;
  ben!: HttpPerson;
  cleo!: HttpPerson;
  booking!: Booking;

  static async start(env: Env = {}): Promise<World> {
    const postgres = await startTestPostgres();
    try {
      const databaseUrl = await postgres.createDatabase();
      const database = new Pool({ connectionString: databaseUrl, max: 2 });
      const world = new World(postgres, databaseUrl, database, { ...baseEnv, ...env });
      const server = await world.addServer();
      const [ann, ben, cleo] = await Promise.all(
        ['Ann café 👩‍👩‍👧 日本語', 'Ben', 'Cleo'].map((name) => HttpPerson.register(server, name)),
      );
      Object.assign(world, { ann, ben, cleo });
      world.booking = await world.book(world.ann, [world.ben]);
      return world;
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  get server(): ParleyServer {
    const [first] = this.servers;
    if (first === undefined) throw new Error('No server runs.');
    return first;
  }

  /** The text topic of Ann's and Ben's booking. */
  get topic(): string {
    return textTopic(this.booking);
  }

  /** Starts one more server on the same database. */
  async addServer(env: Env = {}): Promise<ParleyServer> {
    const server = await ParleyServer.start({ ...this.env, ...env, DATABASE_URL: this.databaseUrl });
    this.servers.push(server);
    return server;
  }

  /** Stops the first server and starts it again, at another address: everyone finds it there with the session they had. */
  async restart(): Promise<void> {
    const old = this.servers.splice(0, 1);
    for (const server of old) await server.stop();
    const server = await this.addServer();
    for (const person of [this.ann, this.ben, this.cleo]) person.server = server;
  }

  /** A meeting that is on now. */
  book(host: HttpPerson, guests: readonly HttpPerson[], title = 'Café 👩‍👩‍👧 日本語'): Promise<Booking> {
    const now = Date.now();
    return host.expect(booking, 'POST', '/api/bookings', {
      title,
      startsAt: new Date(now - 60_000).toISOString(),
      endsAt: new Date(now + 3_600_000).toISOString(),
      timeZone: 'Europe/Madrid',
      participants: guests.map(({ email }) => email),
    });
  }

  /** A topic that nothing happened in yet, for a test of its own. */
  async freshTopic(host = this.ann, guests: readonly HttpPerson[] = [this.ben]): Promise<string> {
    return textTopic(await this.book(host, guests));
  }

  /**
   * Fails unless the servers still serve someone else: a new socket subscribes, stores a message, and gets it and its
   * ack. To be called after whatever should have hurt nobody.
   */
  async stillServes(): Promise<void> {
    for (const server of this.servers) await this.roundTrip(server);
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    await this.database.end();
    await this.postgres.stop();
  }

  private async roundTrip(server: ParleyServer): Promise<void> {
    const { person, topic } = await this.witness(server);
    const socket = await RawSocket.connect(person);
    await socket.subscribe(topic);
    const id = `witness-${socket.connectionId}`;
    const [ack] = await Promise.all([
      socket.ask({ action: 'note', topic, store: true, payload: { text: '日本語' }, id }),
      socket.next((frame) => frame.type === 'note' && frame.id === id, 'the witness’s own note'),
    ]);
    if (ack.type !== 'ack') throw new Error(`The witness was refused: ${JSON.stringify(ack)}`);
    await socket.close();
  }

  private async witness(server: ParleyServer): Promise<{ person: HttpPerson; topic: string }> {
    const known = this.witnesses.get(server);
    if (known !== undefined) return known;
    const person = await HttpPerson.register(server, 'Witness');
    const witness = { person, topic: textTopic(await this.book(person, [])) };
    this.witnesses.set(server, witness);
    return witness;
  }
}

export function textTopic({ id }: Pick<Booking, 'id'>): string {
  return formatTopic('exchange', 'text', id);
}
