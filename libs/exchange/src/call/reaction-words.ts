import type { Reaction } from '@parley/call';

/** What reactions are called. */
export const reactionNames: Readonly<Record<Reaction, string>> = {
  'thumbs-up': 'Thumbs up',
  heart: 'Heart',
  laugh: 'Laugh',
  celebrate: 'Celebrate',
  surprised: 'Surprised',
  clap: 'Applause',
};
