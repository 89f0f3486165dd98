import { encodeInk } from './ink-codec';
import type { Made } from './read-shape';
import type { NewShape } from './shape';

/** What is written once, when a shape is made. Words are beside it, since several may write in them at the same time. */
export function madeOf({ id: _id, ...shape }: NewShape, author: string, z: number): Made {
  if (shape.kind === 'ink') {
    const { points, ...ink } = shape;
    return { ...ink, author, z, ink: encodeInk(points) };
  }
  return { ...(shape.kind === 'text' || shape.kind === 'note' ? withoutWords(shape) : shape), author, z };
}

function withoutWords<T extends { readonly words: string }>({ words: _words, ...rest }: T): Omit<T, 'words'> {
  return rest;
}
