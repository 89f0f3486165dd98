import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { initials } from './initials';
import type { Person } from './person';

/** A person's initials on their colour. Decoration: the name is always written beside it. */
@Component({
  selector: 'parley-avatar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true', '[style.background-color]': 'person().colour' },
  template: '{{ letters() }}',
  styles: `
    :host {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: var(--avatar-size, 36px);
      block-size: var(--avatar-size, 36px);
      overflow: hidden;
      border-radius: 50%;
      color: #fff;
      font: var(--mat-sys-label-large);
      font-size: calc(var(--avatar-size, 36px) * 0.39);
      line-height: 1;
      white-space: nowrap;
      user-select: none;
    }
  `,
})
export class Avatar {
  readonly person = input.required<Person>();
  protected readonly letters = computed(() => initials(this.person().name));
}
