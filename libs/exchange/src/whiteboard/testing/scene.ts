import { Scene } from '@parley/board';
import { Doc } from 'yjs';

/** A board of Ann's own, with ids that count up. */
export function emptyScene(): Scene {
  let made = 0;
  return new Scene(new Doc(), { author: 'ann', newId: () => `made-${++made}` });
}
