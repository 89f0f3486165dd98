import { HttpPerson } from '@parley/harness';
import { textTopic } from '@parley/harness/world';
import type { Booking } from '@parley/protocol';
import { book } from '../stack/exchange';
import type { Seeded } from '../stack/seeded';
import { Talker } from '../stack/talker';

/** A meeting in which the host and another talk all the time, and a guest who is about to be sent out. */
export class Room {
  private constructor(
    readonly booking: Booking,
    readonly host: HttpPerson,
    readonly guest: HttpPerson,
    readonly talkers: readonly Talker[],
  ) {}

  /** @param people the host, one who stays, and the guest */
  static async open(
    [host, other, guest]: readonly [HttpPerson, HttpPerson, HttpPerson],
    name: string,
    random: Seeded,
  ): Promise<Room> {
    const booking = await book(host, [other, guest]);
    const topic = textTopic(booking);
    const talkers = await Promise.all(
      [host, other].map((person, index) =>
        Talker.start({ person, topic, name: `${name}-${index}`, perSecond: 20, random: random.fork() }),
      ),
    );
    return new Room(booking, host, guest, talkers);
  }

  get topic(): string {
    return textTopic(this.booking);
  }

  /** Ids of the messages whose sending began after this moment. */
  sentAfter(moment: number): Set<string> {
    const ids = new Set<string>();
    for (const { sentAt } of this.talkers) for (const [id, at] of sentAt) if (at > moment) ids.add(id);
    return ids;
  }

  async close(): Promise<void> {
    await Promise.all(this.talkers.map((talker) => talker.stop()));
  }
}
