/** What somebody began to write in one exchange. Kept for this tab, so that a reload loses nothing. */
export class Draft {
  private readonly key: string;

  /** @param storage `sessionStorage`, or undefined where the browser forbids it */
  constructor(
    topic: string,
    private readonly storage: Storage | undefined,
  ) {
    this.key = `parley.draft.${topic}`;
  }

  read(): string {
    return this.storage?.getItem(this.key) ?? '';
  }

  write(text: string): void {
    if (this.storage === undefined) return;
    if (text === '') {
      this.storage.removeItem(this.key);
      return;
    }
    try {
      this.storage.setItem(this.key, text);
    } catch {
      // The quota is full. The text is still in the field; an older draft must not come back in its place.
      this.storage.removeItem(this.key);
    }
  }
}

/** `sessionStorage` where the browser allows it; asking throws where cookies are blocked. */
export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    // Nothing to say to anyone: drafts then last as long as the page.
    return undefined;
  }
}
