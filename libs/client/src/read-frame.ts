import type {
  Ack,
  Allowed,
  MessagePage,
  Participant,
  ProtocolErrorPayload,
  ServerFrame,
  Subscribed,
} from '@parley/protocol';

// By hand and not with the schemas of @parley/protocol: those bring a validation library into every page, several times
// the size of this client. A spec holds both to the same answers.

type Fields = Readonly<Record<string, unknown>>;

/** A frame from the server, or undefined for what is none. Unknown keys stay; a newer server may send more. */
export function readFrame(text: unknown): ServerFrame | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFrame(value) ? value : undefined;
  } catch {
    // Not JSON, so not a frame; the caller treats both alike.
    return undefined;
  }
}

function isFrame(value: unknown): value is ServerFrame {
  if (!isFields(value)) return false;
  return (
    typeof value.type === 'string' &&
    isOptional(value.topic, 'string') &&
    (value.sender === null || typeof value.sender === 'string') &&
    isOptional(value.userId, 'string') &&
    typeof value.store === 'boolean' &&
    typeof value.timestamp === 'string' &&
    value.payload !== undefined &&
    isOptional(value.offset, 'number') &&
    isOptional(value.seq, 'number') &&
    isOptional(value.id, 'string')
  );
}

export function isSubscribed(payload: unknown): payload is Subscribed {
  return (
    isFields(payload) &&
    typeof payload.epoch === 'string' &&
    typeof payload.offset === 'number' &&
    typeof payload.recovered === 'boolean' &&
    isListOf(payload.participants, isParticipant)
  );
}

export function isParticipant(payload: unknown): payload is Participant {
  return (
    isFields(payload) &&
    typeof payload.userId === 'string' &&
    typeof payload.name === 'string' &&
    typeof payload.colour === 'string' &&
    isListOf(payload.connectionIds, (entry) => typeof entry === 'string')
  );
}

export function isMessagePage(payload: unknown): payload is MessagePage {
  return isFields(payload) && typeof payload.more === 'boolean' && isListOf(payload.messages, isFrame);
}

export function isAck(payload: unknown): payload is Ack {
  return (
    isFields(payload) &&
    typeof payload.id === 'string' &&
    typeof payload.timestamp === 'string' &&
    isOptional(payload.offset, 'number') &&
    isOptional(payload.seq, 'number')
  );
}

export function isAllowed(payload: unknown): payload is Allowed {
  return isFields(payload) && typeof payload.publish === 'boolean' && typeof payload.store === 'boolean';
}

/** Its `code` may be one that this client does not know: a newer server may invent some. */
export function isErrorPayload(payload: unknown): payload is ProtocolErrorPayload {
  return (
    isFields(payload) &&
    typeof payload.code === 'string' &&
    typeof payload.message === 'string' &&
    isOptional(payload.id, 'string') &&
    isOptional(payload.retryAfter, 'number')
  );
}

/** The frame's `payload.reason` or such, where it is a string. */
export function textField(payload: unknown, name: string): string | undefined {
  const value = isFields(payload) ? payload[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A number of the payload, where it is one and neither negative nor infinite. */
export function numberField(payload: unknown, name: string): number | undefined {
  const value = isFields(payload) ? payload[name] : undefined;
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, is: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isOptional(value: unknown, type: 'string' | 'number'): boolean {
  return value === undefined || typeof value === type;
}
