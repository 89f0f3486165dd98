import { isClientAction, isCustomAction } from './actions';
import type { ErrorCode } from './error-codes';
import type { ClientFrame, Json } from './frames';
import { parseTopic, type Topic } from './topic';

/** A client frame that follows every rule that can be checked without knowing the connection. */
export interface DecodedFrame {
  readonly action: string;
  /** Absent for `ping` and `pong` only. */
  readonly topic: Topic | undefined;
  readonly store: boolean;
  readonly volatile: boolean;
  readonly to: readonly string[] | undefined;
  readonly id: string | undefined;
  readonly payload: Json;
}

export interface DecodeFailure {
  readonly code: Extract<ErrorCode, 'malformed' | 'bad-topic' | 'bad-action' | 'too-large'>;
  readonly message: string;
  /** The frame's own id when it could still be read, so that the sender knows which frame failed. */
  readonly id: string | undefined;
}

export type DecodeResult =
  { readonly ok: true; readonly frame: DecodedFrame } | { readonly ok: false; readonly failure: DecodeFailure };

const idGrammar = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_RECIPIENTS = 64;
/** Deepest nesting of a frame. JSON itself knows no end, but whoever reads or stores it has a stack that does. */
const MAX_DEPTH = 64;
const textEncoder = new TextEncoder();

const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Reads one text frame from a client (F1–F3). Unknown keys are ignored, a claimed `sender` among them.
 *
 * @param text the frame as it arrived
 * @param payloadBytes largest payload, in bytes of its JSON
 */
export function decodeClientFrame(text: string, payloadBytes: number): DecodeResult {
  if (nestsTooDeep(text)) return failure('malformed', `A frame nests at most ${MAX_DEPTH} levels deep.`);
  const value = parseJson(text);
  if (!isRecord(value)) return failure('malformed', 'A frame is one JSON object.');
  const claimed = value as Partial<Record<keyof ClientFrame, Json>>;
  const id = typeof claimed.id === 'string' && idGrammar.test(claimed.id) ? claimed.id : undefined;
  if (claimed.id !== undefined && id === undefined) {
    return failure('malformed', '`id` must be 1 to 64 of A–Z, a–z, 0–9, _ and -.');
  }
  const { action, store = false, volatile = false, to } = claimed;
  if (typeof action !== 'string') return failure('malformed', '`action` must be a string.', id);
  if (!isClientAction(action) && !isCustomAction(action)) {
    return failure('bad-action', 'The action is reserved for the server or not well formed.', id);
  }
  if (typeof store !== 'boolean' || typeof volatile !== 'boolean') {
    return failure('malformed', '`store` and `volatile` must be true or false.', id);
  }
  if (to !== undefined && !isRecipients(to)) {
    return failure('malformed', `\`to\` must list 1 to ${MAX_RECIPIENTS} connectionIds.`, id);
  }
  if (store && (volatile || to !== undefined)) {
    return failure('malformed', 'A stored message can be neither volatile nor directed.', id);
  }
  const needsTopic = action !== 'ping' && action !== 'pong';
  const topic = typeof claimed.topic === 'string' ? parseTopic(claimed.topic) : undefined;
  if (needsTopic && topic === undefined) return failure('bad-topic', 'A topic reads namespace/feature:id.', id);
  const payload = claimed.payload ?? null;
  // The frame is at least as long as its payload, so a short one needs no measuring.
  if (text.length * 3 > payloadBytes && byteLength(JSON.stringify(payload)) > payloadBytes) {
    return failure('too-large', `A payload is at most ${payloadBytes} bytes.`, id);
  }
  return { ok: true, frame: { action, topic: needsTopic ? topic : undefined, store, volatile, to, id, payload } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever is not JSON is not an object either; the caller answers both alike.
    return undefined;
  }
}

function nestsTooDeep(text: string): boolean {
  // Too short to open and close so many brackets: nearly every frame ends here.
  if (text.length <= 2 * MAX_DEPTH || opensAtMost(MAX_DEPTH, text)) return false;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    // By code: a string of one character for each of many thousand would cost more than parsing them.
    const code = text.charCodeAt(index);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) index += code === BACKSLASH ? 1 : 0;
    else if (code === BRACKET || code === BRACE) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
  }
  return false;
}

/** Looking for a character is much quicker than looking at each; quoted brackets are counted too, which does no harm. */
function opensAtMost(count: number, text: string): boolean {
  let opened = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      opened += 1;
      if (opened > count) return false;
    }
  }
  return true;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecipients(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_RECIPIENTS &&
    value.every((entry) => typeof entry === 'string' && entry.length > 0 && entry.length <= 64)
  );
}

function byteLength(text: string): number {
  return textEncoder.encode(text).length;
}

function failure(code: DecodeFailure['code'], message: string, id?: string): DecodeResult {
  return { ok: false, failure: { code, message, id } };
}
