import type { ErrorCode } from './error-codes';

/** Anything that JSON can carry. The server forwards it and never looks inside. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a client sends (F1). `ping` and `pong` have no topic. */
export interface ClientFrame {
  readonly action: string;
  readonly topic?: string;
  /** Write a row before the broadcast (P2). */
  readonly store?: boolean;
  readonly payload?: Json;
  /** Chosen by the client, 1 to 64 of `[A-Za-z0-9_-]`; asks for an `ack` and makes a repeat harmless (P3). */
  readonly id?: string;
  /** Deliver to these connections of the topic only (P4). */
  readonly to?: readonly string[];
  /** Neither offset nor history, dropped first for a slow reader (P5). */
  readonly volatile?: boolean;
}

/** What the server sends (F1). */
export interface ServerFrame<P = Json> {
  readonly type: string;
  readonly topic?: string;
  /** The connectionId that published; null for what the server itself says. */
  readonly sender: string | null;
  /** The user behind `sender`, so that a message keeps its author after the connection is gone. */
  readonly userId?: string;
  readonly store: boolean;
  /** ISO 8601, UTC, the server's clock. */
  readonly timestamp: string;
  readonly payload: P;
  /** The message's place among the topic's live messages, from 1 within an epoch (P6). */
  readonly offset?: number;
  /** The message's place among the topic's stored messages, from 1, for ever. */
  readonly seq?: number;
  readonly id?: string;
}

/** One user of a topic with all their connections (U1). */
export interface Participant {
  readonly userId: string;
  readonly name: string;
  /** `#rrggbb`, the same for a user everywhere. */
  readonly colour: string;
  readonly connectionIds: readonly string[];
}

/** Where a topic's live messages stand. A new epoch begins when the window is lost, for example with a restart. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** Payload of the `subscribe` answer (S3). */
export interface Subscribed extends Position {
  /** Everything since the position that the client named was replayed (H2). */
  readonly recovered: boolean;
  readonly participants: readonly Participant[];
}

/** Payload of `unsubscribe` (S6, S7). */
export interface Unsubscribed {
  readonly reason: 'requested' | 'revoked';
}

/** Payload of `allowance`: what this connection may do in a topic in which it stays subscribed (S6). */
export interface Allowed {
  readonly publish: boolean;
  readonly store: boolean;
}

/** Payload of `drain` (L4). */
export interface Draining {
  /** Milliseconds after which this client may come back. */
  readonly reconnectIn: number;
}

/** Payload of `load-subscribers`. */
export interface Subscribers {
  readonly participants: readonly Participant[];
}

/** Payload of the `load-messages` answer (H1), ascending by `seq`. */
export interface MessagePage {
  readonly messages: readonly ServerFrame[];
  /** Older messages exist below the first of this page. */
  readonly more: boolean;
}

/** Payload of `ack` (P3). Volatile and directed messages have no offset, only stored ones a `seq`. */
export interface Ack {
  readonly id: string;
  readonly timestamp: string;
  readonly offset?: number;
  readonly seq?: number;
}

/** Payload of `error` (F3, L1). */
export interface ProtocolErrorPayload {
  readonly code: ErrorCode;
  readonly message: string;
  readonly id?: string;
  /** Milliseconds until sending makes sense again. */
  readonly retryAfter?: number;
}
