import type { Json } from '@parley/protocol';

/** `T` where JSON can carry it; no value at all where it cannot (functions, dates, bigint, undefined in lists). */
export type JsonLike<T> = T extends Json
  ? T
  : T extends ((...args: never[]) => unknown) | symbol | bigint | undefined
    ? never
    : T extends object
      ? { readonly [K in keyof T]: JsonLike<T[K]> }
      : never;

/**
 * What may be said in a topic: a map from action to payload (C3). A type or an interface, of anything that JSON carries.
 *
 * @example
 * interface TextActions { message: { text: string }; typing: null }
 * client.channel<TextActions>('exchange/text:6f1c');
 */
export type ActionMap<M = Readonly<Record<string, Json>>> = { readonly [A in keyof M]: JsonLike<M[A]> };

/** An action that may be sent: a name of the map. */
export type ActionOf<M> = keyof M & string;

/** A message of a topic, told apart by its `action`. */
export type TopicMessage<M> = { readonly [A in ActionOf<M>]: MessageOf<A, M[A]> }[ActionOf<M>];

interface MessageOf<A extends string, P> {
  readonly action: A;
  /** As its sender gave it: the server forwards it and never looks inside, so check what you rely on. */
  readonly payload: P;
  /** The connectionId that published; null for what the server itself says. */
  readonly sender: string | null;
  /** The user who published. */
  readonly userId?: string;
  /** ISO 8601, UTC, the server's clock. */
  readonly timestamp: string;
  /** Its place among the topic's live messages, from 1 within an epoch; absent when volatile or directed (P6). */
  readonly offset?: number;
  /** Its place among the topic's stored messages, from 1, for ever; absent when not stored. */
  readonly seq?: number;
  /** The id that its sender gave it (P3). */
  readonly id?: string;
  readonly store: boolean;
}

/** An own stored message that the server has not acknowledged, told apart by its `action`. */
export type OutgoingMessage<M> = { readonly [A in ActionOf<M>]: OutgoingOf<A, M[A]> }[ActionOf<M>];

interface OutgoingOf<A extends string, P> {
  readonly action: A;
  readonly payload: P;
  readonly id: string;
  /** When it was given to the client: milliseconds since the epoch, by this device's clock. */
  readonly at: number;
  /**
   * Why it was not taken: `ProtocolError` (refused), `QueueFullError`. It is not sent again by itself: give it to
   * `storeMessage` once more with its `id`, or to `discard`. Absent while it waits.
   */
  readonly failure?: Error;
}

/** One page of a topic's stored messages, ascending by `seq` (H1). */
export interface TopicPage<M> {
  readonly messages: readonly TopicMessage<M>[];
  /** Older messages exist below the first of this page. */
  readonly more: boolean;
}
