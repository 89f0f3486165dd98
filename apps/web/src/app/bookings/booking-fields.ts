import { Component, computed, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { MatAutocomplete, MatAutocompleteTrigger, MatOption } from '@angular/material/autocomplete';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { outlinedFields } from '../forms/outlined-fields';
import { clocksDiffer, lengthText, readersZone, timeSpan, zoneName } from '../time/time-text';
import { timeZones, zonesMatching } from '../time/time-zones';
import { type BookingDraft, movedEnd, spanOf } from './booking-draft';

const ZONES_SHOWN = 50;

/** The fields that a new and a changed booking share: title, day, times, zone. */
@Component({
  selector: 'parley-booking-fields',
  imports: [FormField, MatAutocomplete, MatAutocompleteTrigger, MatFormFieldModule, MatInput, MatOption],
  providers: [outlinedFields],
  templateUrl: './booking-fields.html',
  styleUrl: './booking-fields.scss',
})
export class BookingFields {
  readonly fields = input.required<FieldTree<BookingDraft>>();

  readonly #zones = timeZones();
  readonly #ownZone = readersZone();
  protected readonly zones = computed(() =>
    zonesMatching(this.#zones, this.fields().timeZone().value(), ZONES_SHOWN).map((zone) => ({
      zone,
      name: zoneName(zone),
    })),
  );

  /** The start as it was when its field was entered. */
  protected before = '';

  readonly #span = computed(() => spanOf(this.fields()().value()));

  protected readonly length = computed(() => {
    const span = this.#span();
    const { start, end } = this.fields()().value();
    if (!span || start === end) return '';
    return `${lengthText(span.end - span.start)}${end < start ? ', until the next day' : ''}`;
  });

  /** The same times on the reader's own clock, where that one shows something else. */
  protected readonly ownTimes = computed(() => {
    const span = this.#span();
    const { timeZone } = this.fields()().value();
    if (!span || !clocksDiffer(span.start, timeZone, this.#ownZone)) return '';
    return `For you in ${zoneName(this.#ownZone)}: ${timeSpan(span.start, span.end, this.#ownZone)}`;
  });

  /** Calendars keep a meeting's length when its start moves; so does this one. */
  protected moveEnd(from: string, to: string): void {
    if (!from || !to) return;
    this.fields()
      .end()
      .value.update((end) => movedEnd(from, to, end));
  }

  protected selectAll(event: FocusEvent): void {
    if (event.target instanceof HTMLInputElement) event.target.select();
  }
}
