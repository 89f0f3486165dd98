import { newMessageId, ProtocolError } from '@parley/client';
import { PART_BYTES, PARTS_MAX, type BoardUpdate } from '../actions';
import { base64Of } from './base64';

/**
 * One message, or as many as its parts need.
 *
 * @throws ProtocolError too-large: more than anybody would put together again
 */
export function messagesOf(update: Uint8Array, topic: string): BoardUpdate[] {
  if (update.length <= PART_BYTES) return [{ update: base64Of(update) }];
  const of = newMessageId();
  const count = Math.ceil(update.length / PART_BYTES);
  if (count > PARTS_MAX) {
    const message = `A change of ${update.length} bytes is too large for the board.`;
    throw new ProtocolError({ code: 'too-large', message }, topic);
  }
  return Array.from({ length: count }, (_, index) => ({
    update: base64Of(update.subarray(index * PART_BYTES, (index + 1) * PART_BYTES)),
    part: { of, index, count },
  }));
}
