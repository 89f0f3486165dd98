import { nameList } from '../person/name-list';

/** Milliseconds after which someone who stopped typing is no longer said to be typing. */
export const TYPING_LASTS_MS = 5_000;

/** Milliseconds between two `typing` messages of one writer; less than half of what they last, so one may get lost. */
export const TYPING_EVERY_MS = 2_400;

/** Who is typing, and until when (milliseconds since the epoch) that is believed. In the order in which they began. */
export type Typists = ReadonlyMap<string, number>;

export const nobodyTypes: Typists = new Map();

export function startedTyping(typists: Typists, userId: string, now: number): Typists {
  return new Map(typists).set(userId, now + TYPING_LASTS_MS);
}

export function stoppedTyping(typists: Typists, userId: string): Typists {
  if (!typists.has(userId)) return typists;
  return new Map([...typists].filter(([typist]) => typist !== userId));
}

export function stillTyping(typists: Typists, now: number): Typists {
  const still = [...typists].filter(([, until]) => until > now);
  return still.length === typists.size ? typists : new Map(still);
}

/** Milliseconds until the first of them is no longer believed; undefined when nobody types. */
export function nextToStop(typists: Typists, now: number): number | undefined {
  return typists.size === 0 ? undefined : Math.max(0, Math.min(...typists.values()) - now);
}

/** @example typingText(['Ben', 'Cleo']) // 'Ben and Cleo are typing…' */
export function typingText(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length > 3) return 'Several people are typing…';
  return `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} typing…`;
}

/** Says when the writer's own typing is worth telling: at once, then at most every `TYPING_EVERY_MS`. */
export class TypingPace {
  private last = -Infinity;

  isDue(now: number): boolean {
    if (now - this.last < TYPING_EVERY_MS) return false;
    this.last = now;
    return true;
  }

  /** After a message is sent the next letter begins a new one. */
  reset(): void {
    this.last = -Infinity;
  }
}
