import * as z from 'zod';

/** Marks that turn the direction of what comes after them: with one, a name may read as another, or spoil the line. */
const turnsDirection = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * One line that people wrote, trimmed. No control characters and no halves of characters: Postgres cannot keep U+0000,
 * UTF-8 has no lone surrogates, and nobody sees the others. Nor marks that turn the direction of writing.
 *
 * @param what how a message begins that refuses one, like "A name"
 * @param max characters
 * @param missing said when there is nothing
 */
export function oneLine(what: string, max: number, missing: string) {
  return z
    .string()
    .trim()
    .min(1, missing)
    .max(max, `${what} has at most ${max} characters.`)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), `${what} has no control characters.`)
    .refine((text) => !turnsDirection.test(text), `${what} has no marks that turn the direction of writing.`);
}
