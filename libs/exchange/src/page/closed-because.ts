import type { ChannelState } from '@parley/client';
import type { Exchange } from '@parley/protocol';

/**
 * Why nothing can be written in an exchange, in words for who would like to; empty when something can.
 *
 * @param mayStore what the server said last of the right to write (S6); true when it said nothing
 */
export function closedBecause({ booking, state }: Exchange, channel: ChannelState, mayStore: boolean): string {
  if (booking.cancelled) return 'This meeting was cancelled. Nothing more can be written here.';
  if (state === 'ended') return 'This meeting has ended. What was said stays here.';
  if (channel === 'revoked') return 'You no longer take part in this meeting.';
  return mayStore ? '' : 'Nothing can be written here at the moment.';
}
