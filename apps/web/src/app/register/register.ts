import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { FormField, FormRoot, form, validateStandardSchema } from '@angular/forms/signals';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { LucideEye, LucideEyeOff } from '@lucide/angular';
import { passwordLength, registration } from '@parley/protocol';
import { outlinedFields } from '../forms/outlined-fields';
import { focusFirstMistake } from '../forms/first-mistake';
import { sendForm } from '../forms/send-form';
import { AccountsApi } from '../session/accounts-api';
import { RETURN_TO, returnPath } from '../session/return-path';
import { SessionStore } from '../session/session-store';
import { Notice } from '../ui/notice';

/** Makes an account and signs in with it. */
@Component({
  selector: 'parley-register',
  imports: [
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
  templateUrl: './register.html',
})
export class Register {
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  readonly #accounts = inject(AccountsApi);

  readonly returnTo = input<string>();
  protected readonly next = computed(() => returnPath(this.returnTo(), '/bookings'));
  protected readonly nextQuery = computed(() => (this.returnTo() ? { [RETURN_TO]: this.next() } : {}));
  protected readonly settings = resource({ loader: () => this.#accounts.settings() });
  protected readonly closed = computed(() => this.settings.hasValue() && !this.settings.value().registration);

  protected readonly leastLength = passwordLength.min;
  protected readonly passwordShown = signal(false);
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly fields = form(
    signal({ name: '', email: '', password: '' }),
    (path) => validateStandardSchema(path, registration),
    {
      submission: {
        action: async (fields) => {
          const { name, email, password } = fields;
          const mistakes = await sendForm(
            () => this.#session.register(fields().value()),
            { name, email, password },
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
