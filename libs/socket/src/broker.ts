import type { Json, Position } from '@parley/protocol';

/** A message on its way to a topic's subscribers, on this node and on others. */
export interface BrokerMessage {
  readonly type: string;
  readonly sender: string;
  readonly userId: string;
  readonly store: boolean;
  readonly timestamp: string;
  readonly payload: Json;
  /** The payload as JSON, where it was written out already. */
  readonly json?: string | undefined;
  readonly seq?: number | undefined;
  readonly id?: string | undefined;
  /** Only these connections (P4). */
  readonly to?: readonly string[] | undefined;
  /** Only the newest counts: the first to go for a slow reader (P5, L2). */
  readonly volatile?: boolean;
}

/** A message as it went over the wire, with its place in the topic. */
export interface Kept {
  /** The frame's payload (RFC 6455 §5.2): one JSON object. */
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly bytes: number;
  /** P6: from 1 within an epoch. */
  readonly offset: number;
}

/**
 * Takes what a topic brings. `offset` is absent for what was relayed. Must not throw.
 *
 * @returns the text of the frame that was made of it. Only the holder makes it, once, and it is what is kept for those
 *   who come back: text costs the memory that it says, which objects do not, and replaying it costs next to nothing
 */
export type Receive = (message: BrokerMessage, offset: number | undefined) => string;

/** One node's hold on one topic. */
export interface BrokerTopic {
  /** The offset of the last message that this holder received, or that was published before it came. */
  readonly position: Position;

  /**
   * Gives the message the topic's next offset (P6: from 1, no gaps within an epoch) and delivers it to every holder,
   * this one included, in the order of offsets. Messages of one holder keep their order.
   *
   * @returns the offset, after this holder received the message; at once where nobody else has to be asked
   */
  publish(message: BrokerMessage): number | Promise<number>;

  /** Delivers to every holder, this one included, without an offset (P4, P5). */
  relay(message: BrokerMessage): void;

  /**
   * What was published after `since`, up to {@link position}, in order (H2). Relayed messages are never in it. Never
   * waits, so that nothing comes between a replay and what follows it: a broker over several nodes loads the window
   * when it opens a topic, and keeps it up itself from then on.
   *
   * @returns undefined when `since` is of another epoch or beyond the position, or the window (`windowMessages`,
   *   `windowMs`, `windowBytes` of the limits) no longer holds all of it
   */
  replay(since: Position): readonly Kept[] | undefined;

  /** Lets go of the topic; nothing is received afterwards. */
  close(): void;
}

/** Carries messages between the nodes of one service. Every implementation passes the suite in `@parley/socket/testing`. */
export abstract class Broker {
  /** Takes hold of a topic: `receive` gets every message after the returned `position`, once, in order. */
  abstract open(topic: string, receive: Receive): Promise<BrokerTopic>;
}
