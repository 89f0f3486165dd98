import { isCustomAction, parseTopic, type ErrorCode, type Json } from '@parley/protocol';
import { isMessageId } from './message-id';

/** A stored message that the server has not acknowledged, as it outlives the page. */
export interface KeptMessage {
  readonly topic: string;
  readonly action: string;
  readonly payload: Json;
  /** A repeat under the same id is harmless (P3). */
  readonly id: string;
  /** When it was given to the client: milliseconds since the epoch, by this device's clock. */
  readonly at: number;
  /** Why the server refused it for good; such a message is shown, and not sent by itself. */
  readonly failure?: { readonly code: ErrorCode; readonly message: string };
}

/**
 * Where messages outlive the page, for one user at a time. Any method may throw: the client reports it on `errors$` and
 * goes on in memory.
 */
export interface MessageKeep {
  /** What is kept for this user, oldest first. Whatever is kept for anyone else is forgotten. The client checks each. */
  read(userId: string): readonly unknown[];
  /** Keeps it, in place of one with the same topic and id. @throws Error where there is no room */
  add(userId: string, message: KeptMessage): void;
  /** Does nothing for what is not kept. */
  remove(topic: string, id: string): void;
  /** Forgets everything. */
  clear(): void;
}

export function isKeptMessage(value: unknown): value is KeptMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { topic, action, payload, id, at, failure } = value as Partial<Record<keyof KeptMessage, unknown>>;
  return (
    typeof topic === 'string' &&
    parseTopic(topic) !== undefined &&
    typeof action === 'string' &&
    isCustomAction(action) &&
    payload !== undefined &&
    typeof id === 'string' &&
    isMessageId(id) &&
    Number.isFinite(at) &&
    (failure === undefined || isFailure(failure))
  );
}

function isFailure(value: unknown): boolean {
  const { code, message } = (value ?? {}) as Partial<Record<'code' | 'message', unknown>>;
  return typeof code === 'string' && typeof message === 'string';
}
