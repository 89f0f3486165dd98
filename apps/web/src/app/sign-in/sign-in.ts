import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { FormField, FormRoot, form, validateStandardSchema } from '@angular/forms/signals';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { LucideEye, LucideEyeOff } from '@lucide/angular';
import { credentials } from '@parley/protocol';
import { outlinedFields } from '../forms/outlined-fields';
import { DemoPeople } from '../demo/demo-people';
import { focusFirstMistake } from '../forms/first-mistake';
import { sendForm } from '../forms/send-form';
import { AccountsApi } from '../session/accounts-api';
import { RETURN_TO, returnPath } from '../session/return-path';
import { SessionStore } from '../session/session-store';
import { Notice } from '../ui/notice';

/** Signs in, and goes on to where the person was headed. */
@Component({
  selector: 'parley-sign-in',
  imports: [
    DemoPeople,
    FormField,
    FormRoot,
    LucideEye,
    LucideEyeOff,
    MatButton,
    MatFormFieldModule,
    MatIconButton,
    MatInput,
    Notice,
    RouterLink,
  ],
  providers: [outlinedFields],
  templateUrl: './sign-in.html',
})
export class SignIn {
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  readonly #accounts = inject(AccountsApi);

  /** From the address: where to go afterwards, and whether one is here because the session ended. */
  readonly returnTo = input<string>();
  readonly ended = input<string>();
  protected readonly next = computed(() => returnPath(this.returnTo(), '/bookings'));
  protected readonly nextQuery = computed(() => (this.returnTo() ? { [RETURN_TO]: this.next() } : {}));

  protected readonly settings = resource({ loader: () => this.#accounts.settings() });
  // Without an answer the link stays: registering then says itself whether it is possible.
  protected readonly registration = computed(() => !this.settings.hasValue() || this.settings.value().registration);
  protected readonly demo = computed(() => (this.settings.hasValue() ? this.settings.value().demo : []));

  protected readonly passwordShown = signal(false);
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly fields = form(
    signal({ email: '', password: '' }),
    (path) => validateStandardSchema(path, credentials),
    {
      submission: {
        action: async (fields) => {
          const { email, password } = fields;
          const mistakes = await sendForm(
            () => this.#session.signIn(fields().value()),
            { email, password },
            this.failure,
          );
          if (mistakes.length === 0 && !this.failure()) await this.#router.navigateByUrl(this.next());
          return mistakes;
        },
        onInvalid: focusFirstMistake,
      },
    },
  );
}
