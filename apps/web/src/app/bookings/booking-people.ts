import { Component, inject, input, output, signal } from '@angular/core';
import { FormField, FormRoot, form, validateStandardSchema } from '@angular/forms/signals';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { LucideUserMinus } from '@lucide/angular';
import { type Booking, type BookingParticipant, newParticipant } from '@parley/protocol';
import { outlinedFields } from '../forms/outlined-fields';
import { focusFirstMistake } from '../forms/first-mistake';
import { sendForm } from '../forms/send-form';
import { asProblem } from '../http/problem-error';
import { Avatar } from '../ui/avatar';
import { Confirm } from '../ui/confirm';
import { Notice } from '../ui/notice';
import { BookingsApi } from './bookings-api';

/** Who takes part; the host adds by e-mail and removes. */
@Component({
  selector: 'parley-booking-people',
  imports: [
    Avatar,
    FormField,
    FormRoot,
    LucideUserMinus,
    MatButton,
    MatFormFieldModule,
    MatIconButton,
    MatInput,
    Notice,
  ],
  host: { class: 'parley-card' },
  providers: [outlinedFields],
  templateUrl: './booking-people.html',
  styleUrl: './booking-people.scss',
})
export class BookingPeople {
  readonly booking = input.required<Booking>();
  readonly isHost = input(false);
  readonly changed = output<Booking>();
  readonly #api = inject(BookingsApi);
  readonly #confirm = inject(Confirm);
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly news = signal('');

  protected readonly fields = form(signal({ email: '' }), (path) => validateStandardSchema(path, newParticipant), {
    submission: {
      action: (fields) =>
        sendForm(
          async () => {
            const { email } = fields().value();
            this.changed.emit(await this.#api.addParticipant(this.booking().id, email));
            this.news.set(`${email} is invited.`);
            fields().reset({ email: '' });
          },
          { email: fields.email },
          this.failure,
        ),
      onInvalid: focusFirstMistake,
    },
  });

  protected async remove({ userId, name }: BookingParticipant): Promise<void> {
    const sure = await this.#confirm.ask({
      title: `Remove \u2068${name}\u2069?`,
      text: 'They leave the meeting at once and its link stops working for them. What they wrote stays.',
      yes: 'Remove',
    });
    if (!sure) return;
    this.failure.set(undefined);
    try {
      this.changed.emit(await this.#api.removeParticipant(this.booking().id, userId));
      this.news.set(`${name} is removed.`);
    } catch (error) {
      this.failure.set(asProblem(error).message);
    }
  }
}
