import { ChangeDetectionStrategy, Component, computed, effect, input, signal, untracked } from '@angular/core';
import type { RelayCheck } from '@parley/call';

type Check = 'checking' | 'failed' | RelayCheck['verdict'];

/** Whether a call will get through this network, in plain words, before one joins. */
@Component({
  selector: 'parley-connection-check',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p role="status" aria-label="Connection check" [class.bad]="bad()">{{ text() }}</p>
    @if (bad()) {
      <button type="button" (click)="run()">Check again</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 var(--parley-space-3);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }
    p {
      text-wrap: pretty;
    }
    .bad {
      color: var(--parley-warn);
    }
    button {
      min-block-size: var(--parley-target);
      padding: 0;
      border: 0;
      background: none;
      color: var(--mat-sys-primary);
      font: inherit;
      font-weight: 600;
      text-decoration: underline;
      text-underline-offset: 3px;
      cursor: pointer;
    }
  `,
})
export class ConnectionCheck {
  /** Asks the relay. */
  readonly check = input.required<() => Promise<RelayCheck>>();
  /** Whether only relayed paths may be used. */
  readonly relayOnly = input(false);

  private readonly result = signal<Check>('checking');
  private runs = 0;
  protected readonly bad = computed(() => {
    const result = this.result();
    if (result === 'not-configured') return this.relayOnly();
    return result === 'failed' || result === 'refused' || result === 'unreachable';
  });
  protected readonly text = computed(() => wordsOf(this.result(), this.relayOnly()));

  constructor() {
    effect(() => {
      this.check();
      untracked(() => void this.run());
    });
  }

  protected async run(): Promise<void> {
    this.runs += 1;
    const run = this.runs;
    this.result.set('checking');
    let result: Check;
    try {
      ({ verdict: result } = await this.check()());
    } catch {
      // The server did not say where the relay is; the page offers to ask again.
      result = 'failed';
    }
    if (run === this.runs) this.result.set(result);
  }
}

function wordsOf(result: Check, relayOnly: boolean): string {
  const beyond = relayOnly ? 'With “Always use the relay” nobody can be reached.' : 'Calls may still connect directly.';
  switch (result) {
    case 'checking':
      return 'Checking the connection…';
    case 'failed':
      return 'The connection could not be checked: Parley did not answer.';
    case 'good':
      return 'The connection is fine.';
    case 'tcp-only':
      return 'The connection works, but your network holds back what is best for calls: sound may lag.';
    case 'refused':
      return `The relay refused us. ${beyond}`;
    case 'unreachable':
      return `The relay does not answer: your network may block it. ${beyond}`;
    case 'not-configured':
      return relayOnly ? `This server has no relay. ${beyond}` : 'This server has no relay: calls connect directly.';
  }
}
