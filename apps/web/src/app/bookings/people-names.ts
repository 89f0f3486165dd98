import type { BookingParticipant } from '@parley/protocol';

const SHOWN = 3;

/**
 * The others of a meeting in one line: `Ben and Cleo`, `Ben, Cleo, Dora and 4 others`; undefined when there are none.
 * Each name is isolated (Unicode FSI, PDI), so that one written from right to left leaves its neighbours in place.
 */
export function othersText(participants: readonly BookingParticipant[], ownId: string | undefined): string | undefined {
  const others = participants.filter(({ userId }) => userId !== ownId);
  if (others.length === 0) return undefined;
  const shown = others.length > SHOWN + 1 ? others.slice(0, SHOWN) : others;
  const rest = others.length - shown.length;
  const names = shown.map(({ name }) => `\u2068${name}\u2069`);
  return new Intl.ListFormat('en-GB').format(rest > 0 ? [...names, `${rest} others`] : names);
}
