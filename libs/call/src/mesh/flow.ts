import { Stat, statsOf } from '../quality/stats';
import type { MediaConnection } from './media-connection';

/**
 * Says whether anything still comes from a peer. Looking at the newest sound and picture costs next to nothing; only while
 * none of those come the transport's own counter is read, which reports of the peer (RTCP) keep going: a peer without
 * microphone and camera is silent, and not gone.
 */
export class Flow {
  private newest = 0;
  /** The counter when it was last read, since the last sound or picture. */
  private packets: number | undefined;
  private changes = 0;
  private reading = false;

  constructor(private readonly connection: () => MediaConnection | undefined) {}

  /** Another number whenever something came since the last look; undefined while nothing ever did. */
  look(): number | undefined {
    const connection = this.connection();
    const times = (connection?.receivers() ?? []).flatMap((receiver) =>
      receiver.getSynchronizationSources().map(({ timestamp }) => timestamp),
    );
    const newest = Math.max(0, ...times);
    if (newest !== this.newest) {
      this.newest = newest;
      this.changes += 1;
      this.packets = undefined;
    } else if (connection !== undefined && !this.reading) void this.read(connection);
    return this.changes === 0 ? undefined : this.changes;
  }

  private async read(connection: MediaConnection): Promise<void> {
    this.reading = true;
    const [transport] = statsOf(await connection.stats(), 'transport');
    this.reading = false;
    const packets = packetsOf(transport);
    const before = this.packets;
    this.packets = packets;
    // A browser that does not count cannot say that nothing came; one that does is compared with its first answer.
    if (packets === undefined || (before !== undefined && packets > before)) this.changes += 1;
  }
}

function packetsOf(transport: Stat | undefined): number | undefined {
  return transport?.number('packetsReceived') ?? transport?.number('bytesReceived');
}
