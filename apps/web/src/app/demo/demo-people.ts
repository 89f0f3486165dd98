import { Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import type { DemoPerson, Settings } from '@parley/protocol';
import { asProblem } from '../http/problem-error';
import { SessionStore } from '../session/session-store';
import { Notice } from '../ui/notice';

/** One click signs in as one of the server's demo people. Servers in production list none. */
@Component({
  selector: 'parley-demo-people',
  imports: [MatButton, Notice],
  templateUrl: './demo-people.html',
  styleUrl: './demo-people.scss',
})
export class DemoPeople {
  readonly people = input.required<Settings['demo']>();
  /** Path of this site to go to once signed in. */
  readonly next = input('/bookings');
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  protected readonly busy = signal<DemoPerson | undefined>(undefined);
  protected readonly failure = signal<string | undefined>(undefined);

  protected async enter(person: DemoPerson): Promise<void> {
    if (this.busy()) return;
    this.busy.set(person);
    this.failure.set(undefined);
    try {
      await this.#session.tryAs(person);
      await this.#router.navigateByUrl(this.next());
    } catch (error) {
      this.failure.set(asProblem(error).message);
    } finally {
      this.busy.set(undefined);
    }
  }
}
