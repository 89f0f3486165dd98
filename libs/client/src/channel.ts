import type { Ack, Allowed, Participant } from '@parley/protocol';
import type { Observable } from 'rxjs';
import type { ActionOf, OutgoingMessage, TopicMessage, TopicPage } from './action-map';

/**
 * Where a channel stands.
 *
 * - `idle`: nobody observes it
 * - `joining`: observed, waiting for the connection or for the server's answer
 * - `joined`
 * - `refused`: the server said no (S1); asked again after the next reconnect
 * - `revoked`: the right was taken away (S6); for good, until all observers have left
 */
export type ChannelState = 'idle' | 'joining' | 'joined' | 'refused' | 'revoked';

export interface StoreOptions {
  /** Makes a repeat harmless (P3): 1 to 64 of `[A-Za-z0-9_-]`. Default: a random one. */
  readonly id?: string;
  /**
   * `false` for what its giver keeps and shows: it is in no `outgoing`, and does not outlive the page here. It waits and is
   * sent again like any other. Default: true.
   */
  readonly keep?: boolean;
}

export interface SendOptions extends StoreOptions {
  /** Only to these connectionIds of the topic (P4), at most 64. */
  readonly to?: readonly string[];
  readonly volatile?: false;
}

export interface VolatileOptions {
  readonly to?: readonly string[];
  /** Worth something now or never: not queued, not acknowledged, first to be dropped (P5). */
  readonly volatile: true;
}

/**
 * One topic, with the types of what is said in it (C1, C3). Observing `messages`, `userList`, `subscriber` or
 * `unsubscriber` joins the topic; when the last of their observers is gone, and everything sent has been acknowledged,
 * it is left. No stream here ever fails or ends; `state` says what became of the topic.
 */
export interface Channel<M> {
  readonly topic: string;
  /** Replayed to late observers; observing it alone does not join. */
  readonly state: Observable<ChannelState>;
  /**
   * Live messages, one's own included, each once and in the topic's order. After a reconnect the stored messages that
   * were missed come first. The past before joining is `loadMessages`'s.
   */
  readonly messages: Observable<TopicMessage<M>>;
  /**
   * Who is here now, replayed to late observers; kept as last known while there is no connection. After a restart of the
   * server those who were here stay on it for 10 s, without connectionIds, until they are back (U3).
   */
  readonly userList: Observable<readonly Participant[]>;
  /**
   * One's own stored messages that the server has not acknowledged, in the order in which they were given: what waits,
   * and what was refused for good (`failure`). Show them below what `messages` brought. With `keep` they are here again
   * after a reload, from `identify()` on. Replayed to late observers; observing it does not join.
   */
  readonly outgoing: Observable<readonly OutgoingMessage<M>[]>;
  /**
   * What one may do here, as far as the server said so since joining (S6); everything until then. An exchange that ended
   * takes both away. Replayed to late observers; observing it does not join.
   */
  readonly allowed: Observable<Allowed>;
  /** Someone came. A further tab of someone who is here already changes `userList` only (U2). */
  readonly subscriber: Observable<Participant>;
  /** Someone's last tab is gone. */
  readonly unsubscriber: Observable<Participant>;
  /**
   * Sends a message that is kept. While there is no connection it waits, in order, and goes out once the topic is
   * joined again; the same after a reconnect that came before the ack. Given the `id` of a message that waits already, it
   * adds nothing and returns the promise for that one; given the `id` of one that failed, it sends that one again.
   *
   * @returns resolves when it is committed (P2)
   * @throws ProtocolError refused: `forbidden`, `too-large`, …; `internal` after several attempts (send it again
   * later, with the same id); `not-stored` where it can never be stored
   * @throws SignedOutError, DisconnectedError the client stopped before the ack
   * @throws QueueFullError too much waits already
   */
  storeMessage<A extends ActionOf<M>>(action: A, payload: M[A], options?: StoreOptions): Promise<Ack>;
  /** The same for a message that is not kept. A volatile one is dropped where it cannot be sent at once. */
  sendMessage<A extends ActionOf<M>>(action: A, payload: M[A], options?: SendOptions): Promise<Ack>;
  sendMessage<A extends ActionOf<M>>(action: A, payload: M[A], options: VolatileOptions): void;
  /** Forgets a message of `outgoing` that failed. @returns whether there was one */
  discard(id: string): boolean;
  /**
   * A page of the stored messages, the newest below `before` (H1). It may hold messages that `messages` emits too: put
   * both together by `seq`. Waits for the connection as `storeMessage` does.
   *
   * @param span `before`: a `seq`, default the end; `limit`: 1 to 100, default 100
   */
  loadMessages(span?: { readonly before?: number; readonly limit?: number }): Promise<TopicPage<M>>;
}
