import type { Hearing } from './venue';

/** What people hear where nobody says anything; whatever they hear all the same is remembered. */
export class Silence {
  private readonly troubles: string[] = [];
  readonly hearing: Hearing = {
    cursor: () => this.troubles.push('a cursor that nobody moved'),
    chat: () => this.troubles.push('a message that nobody sent'),
    ack: () => this.troubles.push('an ack of nothing'),
    trouble: (what) => this.troubles.push(what),
  };

  /** @throws Error when someone heard something, or was sent away */
  check(): void {
    if (this.troubles.length > 0) throw new Error(`Trouble: ${this.troubles.slice(0, 3).join('; ')}`);
  }
}
