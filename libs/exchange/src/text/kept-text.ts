/**
 * What somebody is writing, kept for this tab, for one person in one exchange: a reload loses nothing. What they have sent
 * the channel keeps itself.
 */
export class KeptText {
  private readonly key: string;

  /** @param storage `sessionStorage`, or undefined where the browser forbids it */
  constructor(
    topic: string,
    me: string,
    private readonly storage: Storage | undefined,
  ) {
    this.key = `parley:draft:${me}:${topic}`;
  }

  readDraft(): string {
    return this.storage?.getItem(this.key) ?? '';
  }

  writeDraft(text: string): void {
    try {
      if (text === '') this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, text);
    } catch {
      // The quota is full. The text is still on the page; an older one must not come back in its place.
      this.storage?.removeItem(this.key);
    }
  }
}
