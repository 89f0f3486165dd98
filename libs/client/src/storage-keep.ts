import { isKeptMessage, type MessageKeep } from './message-keep';

/** The part of a Web `Storage` that is used. */
export interface StorageLike {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Begins every key that {@link keepIn} uses: whatever begins with it may be removed when the user signs out. */
export const KEPT_PREFIX = 'parley:queue:';

interface Place {
  readonly key: string;
  readonly characters: number;
}

/**
 * Keeps messages in a Web `Storage`, one entry each. Give it `sessionStorage`: with `localStorage` two tabs would both
 * send and show what waits. The server takes each once all the same (P3).
 *
 * @param storage or how to get it, since a browser that forbids it throws then
 * @param limits default: 200 messages and 1,000,000 characters of JSON; what is over is not kept
 * @example new SocketClient({ url, ticket: fetchTicket(), keep: keepIn(() => sessionStorage) })
 */
export function keepIn(
  storage: StorageLike | (() => StorageLike),
  limits: { readonly messages: number; readonly characters: number } = { messages: 200, characters: 1_000_000 },
): MessageKeep {
  const places = new Map<string, Place>();
  let next = 0;
  let characters = 0;
  const open = () => (typeof storage === 'function' ? storage() : storage);

  function forget(place: string): void {
    characters -= places.get(place)?.characters ?? 0;
    places.delete(place);
  }

  return {
    read(userId) {
      const found = open();
      places.clear();
      characters = 0;
      return keysOf(found).map((key) => {
        next = Math.max(next, numberOf(key) + 1);
        const text = found.getItem(key) ?? '';
        const { user, message } = parse(text);
        const fits = places.size < limits.messages && characters + text.length <= limits.characters;
        if (user !== userId || !isKeptMessage(message) || !fits) {
          found.removeItem(key);
          return undefined;
        }
        places.set(placeOf(message.topic, message.id), { key, characters: text.length });
        characters += text.length;
        return message;
      });
    },
    add(userId, message) {
      const text = JSON.stringify({ user: userId, message });
      const place = placeOf(message.topic, message.id);
      const before = places.get(place);
      const total = characters + text.length - (before?.characters ?? 0);
      const isFull = before === undefined && places.size >= limits.messages;
      if (isFull || total > limits.characters) throw new Error('More waits than may be kept.');
      const key = before?.key ?? `${KEPT_PREFIX}${next}`;
      open().setItem(key, text);
      if (before === undefined) next += 1;
      characters = total;
      places.set(place, { key, characters: text.length });
    },
    remove(topic, id) {
      const place = placeOf(topic, id);
      const before = places.get(place);
      if (before === undefined) return;
      open().removeItem(before.key);
      forget(place);
    },
    clear() {
      const found = open();
      for (const key of keysOf(found)) found.removeItem(key);
      places.clear();
      characters = 0;
    },
  };
}

/** In the order in which they were added. */
function keysOf(storage: StorageLike): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    .filter((key) => key.startsWith(KEPT_PREFIX))
    .sort((one, other) => numberOf(one) - numberOf(other));
}

function numberOf(key: string): number {
  const number = Number(key.slice(KEPT_PREFIX.length));
  return Number.isSafeInteger(number) ? number : 0;
}

function placeOf(topic: string, id: string): string {
  return `${topic} ${id}`;
}

function parse(text: string): { readonly user?: unknown; readonly message?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Not ours, or from another version. The client reports what it cannot use.
    return {};
  }
}
