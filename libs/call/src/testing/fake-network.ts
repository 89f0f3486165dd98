import { FakeStream } from '../devices/testing/fake-stream';
import { FakePeerConnection } from '../signalling/testing/fake-peer-connection';

/** Connects those whose descriptions fit together, as ICE and DTLS would. */
export class FakeNetwork {
  readonly connections: { readonly owner: string; readonly connection: FakePeerConnection }[] = [];

  constructor() {
    Object.assign(globalThis, { MediaStream: FakeStream });
  }

  /** For `createConnection`. */
  create(owner: string): RTCPeerConnection {
    const connection = new FakePeerConnection();
    this.connections.push({ owner, connection });
    return connection as unknown as RTCPeerConnection;
  }

  /** Those that are open, as pairs of owners; each pair that fits is connected. */
  connect(): string[] {
    const open = this.connections.filter(({ connection }) => !connection.isClosed);
    const pairs: string[] = [];
    for (const [index, one] of open.entries()) {
      for (const other of open.slice(index + 1)) {
        if (!fits(one.connection, other.connection)) continue;
        one.connection.become('connected');
        other.connection.become('connected');
        pairs.push([one.owner, other.owner].sort().join(' '));
      }
    }
    return pairs.sort();
  }

  openOf(owner: string): number {
    return this.connections.filter((each) => each.owner === owner && !each.connection.isClosed).length;
  }
}

function fits(one: FakePeerConnection, other: FakePeerConnection): boolean {
  const { local, remote } = one.agreed;
  return local !== undefined && local === other.agreed.remote && remote === other.agreed.local;
}
