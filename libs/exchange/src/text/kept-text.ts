import { addOutgoing, type Outgoing } from './outgoing';

/**
 * What somebody has written and the server does not have yet: the draft, and the messages that wait. Kept for this tab,
 * for one person in one exchange, so that a reload loses nothing; a message keeps its id, so sending it again is
 * harmless (P3).
 */
export class KeptText {
  private readonly prefix: string;

  /** @param storage `sessionStorage`, or undefined where the browser forbids it */
  constructor(
    topic: string,
    me: string,
    private readonly storage: Storage | undefined,
  ) {
    this.prefix = `parley:${me}:${topic}`;
  }

  readDraft(): string {
    return this.storage?.getItem(`${this.prefix}:draft`) ?? '';
  }

  writeDraft(text: string): void {
    this.write('draft', text === '' ? undefined : text);
  }

  readOutgoing(): readonly Outgoing[] {
    const kept = this.storage?.getItem(`${this.prefix}:outgoing`) ?? '[]';
    return parseList(kept).filter(isKept).reduce(addOutgoing, []);
  }

  writeOutgoing(all: readonly Outgoing[]): void {
    const kept = all.map(({ id, text, at }) => ({ id, text, at }));
    this.write('outgoing', kept.length === 0 ? undefined : JSON.stringify(kept));
  }

  private write(name: string, text: string | undefined): void {
    const key = `${this.prefix}:${name}`;
    try {
      if (text === undefined) this.storage?.removeItem(key);
      else this.storage?.setItem(key, text);
    } catch {
      // The quota is full. The text is still on the page; an older one must not come back in its place.
      this.storage?.removeItem(key);
    }
  }
}

/** `sessionStorage` where the browser allows it; asking throws where cookies are blocked. */
export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    // Nothing to say to anyone: what is written then lasts as long as the page.
    return undefined;
  }
}

type Kept = Omit<Outgoing, 'delivery'>;

function parseList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    // Not ours, or from another version: nothing to send.
    return [];
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { id, text, at } = value as Partial<Record<keyof Kept, unknown>>;
  return typeof id === 'string' && typeof text === 'string' && typeof at === 'number';
}
