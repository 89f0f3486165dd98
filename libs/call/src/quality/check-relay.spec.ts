import { FakeClock } from '@parley/client/testing';
import type { IceServers } from '@parley/protocol';
import { checkRelay } from './check-relay';
import { transportOf } from './relay-check';

/** What a TURN server does: gives a relay, answers with a code of STUN or the browser's 701, or neither. */
type Server = 'relay' | 'silent' | 'ends' | number;

/** Gathers what it is told to, as soon as it has a description. */
class FakeConnection extends EventTarget {
  closed = false;
  readonly configuration: RTCConfiguration;
  readonly #server: Server;
  #channels = 0;

  constructor(configuration: RTCConfiguration, server: Server) {
    super();
    this.configuration = configuration;
    this.#server = server;
  }

  createDataChannel(): void {
    this.#channels += 1;
  }

  setLocalDescription(): Promise<void> {
    if (this.#channels === 0) throw new Error('Without anything to carry, nothing is gathered.');
    if (this.#server === 'relay') {
      this.#gathered({ candidate: 'candidate:1 1 udp 41 127.0.0.1 50000 typ relay raddr 0.0.0.0', type: 'relay' });
    } else if (typeof this.#server === 'number') {
      this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode: this.#server }));
      if (this.#server === 701) this.#gathered(null);
    } else if (this.#server === 'ends') this.#gathered(null);
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  #gathered(candidate: unknown): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
  }
}

describe('checkRelay', () => {
  const udp = 'turn:turn.example.org:3478';
  const tcp = 'turn:turn.example.org:3478?transport=tcp';
  const tls = 'turns:turn.example.org:5349?transport=tcp';
  let clock: FakeClock;
  let made: FakeConnection[];

  beforeEach(() => {
    clock = new FakeClock();
    made = [];
  });

  function given(...urls: string[]): IceServers {
    const iceServers = [{ urls: ['stun:turn.example.org'] }, { urls, username: '9:ann', credential: 'café' }];
    return { iceServers, lifetimeSeconds: null, relay: true };
  }

  function check(servers: Readonly<Record<string, Server>>): ReturnType<typeof checkRelay> {
    const connect = (configuration: RTCConfiguration): RTCPeerConnection => {
      const url = configuration.iceServers?.[0]?.urls[0] ?? '';
      const connection = new FakeConnection(configuration, servers[url] ?? 'silent');
      made.push(connection);
      return connection as unknown as RTCPeerConnection;
    };
    return checkRelay(given(...Object.keys(servers)), { connect, clock });
  }

  afterEach(() => {
    expect(made.every(({ closed }) => closed)).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('asks each server alone, with its credentials, for nothing but a relay', async () => {
    expect(await check({ [udp]: 'relay', [tcp]: 'relay', [tls]: 'relay' })).toEqual({
      verdict: 'good',
      results: [
        { url: udp, transport: 'udp', outcome: 'reachable' },
        { url: tcp, transport: 'tcp', outcome: 'reachable' },
        { url: tls, transport: 'tls', outcome: 'reachable' },
      ],
    });
    expect(made.map(({ configuration }) => configuration)).toEqual(
      [udp, tcp, tls].map((url) => ({
        iceServers: [{ urls: [url], username: '9:ann', credential: 'café' }],
        iceTransportPolicy: 'relay',
      })),
    );
  });

  it.each<[Readonly<Record<string, Server>>, string]>([
    [{ [udp]: 'ends', [tcp]: 'relay' }, 'tcp-only'],
    [{ [udp]: 701, [tls]: 'relay' }, 'tcp-only'],
    [{ [udp]: 'relay', [tcp]: 'ends' }, 'good'],
    [{ [udp]: 401, [tcp]: 401 }, 'refused'],
    [{ [udp]: 401, [tcp]: 'ends' }, 'refused'],
    [{ [udp]: 486 }, 'refused'],
    [{ [udp]: 701, [tcp]: 'ends' }, 'unreachable'],
    [{}, 'not-configured'],
  ])('%j is %s', async (servers, verdict) => {
    expect((await check(servers)).verdict).toBe(verdict);
  });

  it('gives up on a server that never answers', async () => {
    let verdict: string | undefined;
    const checking = check({ [udp]: 'silent', [tcp]: 401 }).then((outcome) => (verdict = outcome.verdict));
    await clock.advance(7_999);
    expect(verdict).toBeUndefined();
    await clock.advance(1);
    await checking;
    expect(verdict).toBe('refused');
  });

  it('takes an address that the browser cannot read for one that does not answer', async () => {
    const connect = (): RTCPeerConnection => {
      throw new DOMException('Invalid hostname format', 'SyntaxError');
    };
    expect((await checkRelay(given('turn:'), { connect, clock })).verdict).toBe('unreachable');
  });
});

describe('transportOf', () => {
  it.each([
    ['turn:café.example.org', 'udp'],
    ['turn:a.example.org:3478?transport=udp', 'udp'],
    ['turn:a.example.org?transport=TCP', 'tcp'],
    ['turns:a.example.org', 'tls'],
    ['stun:a.example.org', undefined],
    ['', undefined],
  ])('%s: %s', (url, transport) => expect(transportOf(url)).toBe(transport));
});
