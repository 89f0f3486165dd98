import type { Json } from '@parley/protocol';
import type { Observable } from 'rxjs';

/** The user behind a connection, as the session knew them when the ticket was issued. */
export interface Principal {
  readonly userId: string;
  readonly name: string;
  /** Opaque to the engine; whatever {@link SessionEnds} names when the session is over. */
  readonly sessionId: string;
}

/** What a redeemed ticket is worth. */
export interface Admission {
  readonly connectionId: string;
  readonly principal: Principal;
}

/** One-time tickets (T1, T2). */
export abstract class Tickets {
  /**
   * Spends a ticket: of two calls with the same ticket exactly one gets an admission, on one node or across nodes.
   *
   * @returns undefined for a ticket that is unknown, used, expired, or whose session is over
   */
  abstract redeem(ticket: { readonly connectionId: string; readonly authCode: string }): Promise<Admission | undefined>;
}

/** A message that wants to be kept (P2). */
export interface NewMessage {
  readonly topic: string;
  readonly action: string;
  readonly userId: string;
  /** The connectionId that published. */
  readonly sender: string;
  /** The client's id; a repeat of the same user, topic and id is never written again (P3). */
  readonly id: string | undefined;
  readonly payload: Json;
  /** The payload as JSON, where it was written out already. */
  readonly json?: string | undefined;
  readonly timestamp: Date;
}

/** What became of a {@link NewMessage}. */
export interface Appended {
  /** From 1 within the topic, without gaps. For a repeat: the first one's. */
  readonly seq: number;
  /** For a repeat: the first one's. */
  readonly timestamp: Date;
  /** The message was there already; nothing was written. */
  readonly repeated: boolean;
}

export interface StoredMessage extends Omit<NewMessage, 'json'> {
  readonly seq: number;
}

/** A batch of which at least one message cannot be stored, however often it is tried. Nothing was written. */
export class UnstorableBatch extends Error {
  override readonly name = 'UnstorableBatch';
}

/** The topics' kept messages. */
export abstract class MessageLog {
  /**
   * Writes a batch in one statement and one transaction. Resolves once it is committed.
   *
   * @param batch in the order in which `seq` is to be given
   * @returns one entry for each message, in the same order
   * @throws UnstorableBatch when a message can never be stored; any other error: nothing is known to be written
   */
  abstract append(batch: readonly NewMessage[]): Promise<readonly Appended[]>;

  /**
   * The newest messages below `before` (all when undefined), ascending by `seq` (H1). Costs the same however long the
   * topic is.
   */
  abstract page(
    topic: string,
    span: { readonly before: number | undefined; readonly limit: number },
  ): Promise<{ readonly messages: readonly StoredMessage[]; readonly more: boolean }>;

  /** The highest `seq` that was given in this topic, 0 when nothing was stored. */
  abstract newest(topic: string): Promise<number>;
}

/** Sessions that are over: signed out, expired, removed; on whichever node that happened (T5). */
export abstract class SessionEnds {
  /** The {@link Principal.sessionId} of each session that ended, within 1 s. */
  abstract readonly ended$: Observable<string>;
}

/** What is allowed may have changed in the topics `namespace/…:id`: for one user, or for everyone. */
export interface AllowanceChange {
  readonly namespace: string;
  /** The topics' id, behind the colon. */
  readonly id: string;
  readonly userId?: string;
}

/** Changes of what guards would answer, on whichever node they happened (S6). */
export abstract class AllowanceChanges {
  /** Each change, within 1 s. One that is told twice does no harm. */
  abstract readonly changed$: Observable<AllowanceChange>;
}
