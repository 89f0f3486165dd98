import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { DemoPeople } from '../demo/demo-people';
import { AccountsApi } from '../session/accounts-api';
import { LiveMark } from '../ui/live-mark';

/** What Parley is, and the ways in. On a demo server the first of them needs no account. */
@Component({
  selector: 'parley-landing',
  imports: [DemoPeople, LiveMark, MatButton, RouterLink],
  templateUrl: './landing.html',
  styleUrl: './landing.scss',
})
export class Landing {
  readonly #accounts = inject(AccountsApi);
  // Where the settings do not come, the page still says what Parley is and leads to the sign-in page, which asks again.
  readonly #settings = resource({ loader: () => this.#accounts.settings() });
  protected readonly demo = computed(() => (this.#settings.hasValue() ? this.#settings.value().demo : []));
  protected readonly registration = computed(() => !this.#settings.hasValue() || this.#settings.value().registration);
}
