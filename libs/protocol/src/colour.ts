/**
 * Colours for people. Each has a contrast of at least 4.5:1 with white text on it and 3:1 with a dark page, so it
 * serves as a badge, a cursor and a stroke.
 */
const palette = [
  '#b3261e',
  '#a8420a',
  '#7d5700',
  '#56680d',
  '#256f3a',
  '#00706b',
  '#0b6a9c',
  '#2f5fc4',
  '#6150c8',
  '#8a3fb5',
  '#a8327f',
  '#8b4a3c',
] as const;

/** The same user has the same colour everywhere, without anyone storing it (U2). FNV-1a over the id. */
export function participantColour(userId: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < userId.length; index += 1) {
    hash = Math.imul(hash ^ userId.charCodeAt(index), 0x01000193);
  }
  return palette[(hash >>> 0) % palette.length] ?? palette[0];
}
