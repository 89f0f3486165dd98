import { CloseCode } from '@parley/protocol';
import type { Connection } from './connection';

export type Member = Pick<Connection, 'send' | 'close'>;

/** What waits for one member. */
interface Held {
  /** Questions under way. */
  questions: number;
  readonly frames: { readonly frame: Buffer; readonly volatileKey: string | undefined }[];
  bytes: number;
  readonly over: Promise<undefined>;
  readonly end: (value: undefined) => void;
}

/** What is not delivered to a topic's members while it is being found out whether they may stay (S6). */
export class HeldDeliveries {
  private readonly members = new Map<Member, Held>();

  /** @param limit bytes that may wait for one member; past it the connection is closed with 1013 */
  constructor(private readonly limit: number) {}

  /**
   * From now on everything for this member waits.
   *
   * @returns gives it to the member, unless another question about it is still open or it is gone. To be called once
   */
  hold(member: Member): () => void {
    const held = this.members.get(member) ?? this.begin(member);
    held.questions += 1;
    return () => {
      held.questions -= 1;
      if (held.questions === 0 && this.members.get(member) === held) this.release(member, held);
    };
  }

  /** @returns whether the frame waits now; false: nothing stands in its way */
  take(member: Member, frame: Buffer, volatileKey: string | undefined): boolean {
    // Nearly always, and for every delivery.
    if (this.members.size === 0) return false;
    const held = this.members.get(member);
    if (held === undefined) return false;
    held.bytes += frame.length;
    if (held.bytes <= this.limit) held.frames.push({ frame, volatileKey });
    else member.close(CloseCode.tryAgainLater, 'It could not be found out in time whether you may stay.');
    return true;
  }

  /** Members from whom something is held back. */
  get size(): number {
    return this.members.size;
  }

  /** The member is gone, and what waited for it too. */
  drop(member: Member): void {
    const held = this.members.get(member);
    this.members.delete(member);
    held?.end(undefined);
  }

  /** Resolves when nothing is held back from this member; undefined when that is so already. */
  settled(member: Member): Promise<undefined> | undefined {
    return this.members.get(member)?.over;
  }

  private begin(member: Member): Held {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const held: Held = { questions: 0, frames: [], bytes: 0, over: promise, end: resolve };
    this.members.set(member, held);
    return held;
  }

  private release(member: Member, held: Held): void {
    this.members.delete(member);
    for (const { frame, volatileKey } of held.frames) member.send(frame, volatileKey);
    held.end(undefined);
  }
}
