import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { LucideDynamicIcon, LucideCheck } from '@lucide/angular';
import type { CaptureKind, DeviceKind } from '@parley/call';
import type { OwnMedia } from '../own-media';
import { callIcons } from '../call-icons';

const titles: Readonly<Record<DeviceKind, string>> = { microphone: 'Microphone', camera: 'Camera', speaker: 'Speaker' };

/** Which device, beside its switch: it is exchanged while one talks. The speaker is with the microphone. */
@Component({
  selector: 'parley-device-menu',
  imports: [LucideDynamicIcon, LucideCheck, MatMenu, MatMenuItem, MatMenuTrigger],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      type="button"
      class="more"
      [matMenuTriggerFor]="menu"
      [attr.aria-label]="title() + ' options'"
      [title]="title() + ' options'"
    >
      <svg [lucideIcon]="icons.chevronUp" size="16" aria-hidden="true"></svg>
    </button>
    <mat-menu #menu="matMenu" yPosition="above" [aria-label]="title() + ' options'">
      @for (group of groups(); track group.kind) {
        <div role="group" [attr.aria-label]="group.title">
          <p class="group" aria-hidden="true">{{ group.title }}</p>
          @for (choice of group.choices; track choice.id) {
            <button
              mat-menu-item
              role="menuitemradio"
              [attr.aria-checked]="choice.chosen"
              (click)="own().choose(group.kind, choice.id)"
            >
              {{ choice.label }}
              @if (choice.chosen) {
                <svg class="parley-menu-check" lucideCheck [size]="18" aria-hidden="true"></svg>
              }
            </button>
          }
        </div>
      }
    </mat-menu>
  `,
  styleUrl: './device-menu.css',
})
export class DeviceMenu {
  protected readonly icons = callIcons;
  readonly kind = input.required<CaptureKind>();
  readonly own = input.required<OwnMedia>();

  protected readonly title = computed(() => titles[this.kind()]);
  protected readonly groups = computed(() => {
    const devices = this.own().devices();
    const kinds: readonly DeviceKind[] = this.kind() === 'microphone' ? ['microphone', 'speaker'] : ['camera'];
    return kinds.map((kind) => {
      const { choices, chosen } = devices[kind];
      const first = { id: '', label: 'The system’s choice', chosen: chosen === undefined };
      return {
        kind,
        title: titles[kind],
        choices: [first, ...choices.map(({ id, label }) => ({ id, label, chosen: id === chosen }))],
      };
    });
  });
}
