import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { DeviceKind } from '@parley/call';
import type { OwnMedia } from '../own-media';

const names: Readonly<Record<DeviceKind, string>> = { microphone: 'Microphone', camera: 'Camera', speaker: 'Speaker' };

/** Which microphone, camera and speaker. The browser's own fields: they need no room and work everywhere. */
@Component({
  selector: 'parley-device-selects',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset>
      <legend class="parley-hidden">Devices</legend>
      @for (field of fields(); track field.kind) {
        <label>
          <span>{{ field.name }}</span>
          <select #choice [disabled]="field.choices.length === 0" (change)="own().choose(field.kind, choice.value)">
            <option value="" [selected]="field.chosen === undefined">
              {{ field.choices.length === 0 ? field.none : 'The system’s choice' }}
            </option>
            @for (each of field.choices; track each.id) {
              <option [value]="each.id" [selected]="each.id === field.chosen">{{ each.label }}</option>
            }
          </select>
        </label>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: grid;
      gap: var(--parley-space-3);
      min-inline-size: 0;
    }
    label {
      display: grid;
      gap: var(--parley-space-1);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
    }
    select {
      inline-size: 100%;
      min-inline-size: 0;
      min-block-size: 44px;
      padding-inline: var(--parley-space-3);
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--mat-sys-surface);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
      text-overflow: ellipsis;
    }
    select:disabled {
      border-style: dashed;
      color: var(--mat-sys-on-surface-variant);
      opacity: 1;
    }
  `,
})
export class DeviceSelects {
  readonly own = input.required<OwnMedia>();

  protected readonly fields = computed(() => {
    const devices = this.own().devices();
    return (['microphone', 'camera', 'speaker'] as const).map((kind) => ({
      kind,
      name: names[kind],
      choices: devices[kind].choices,
      chosen: devices[kind].chosen,
      none: kind === 'speaker' ? 'The system’s choice' : 'None to choose from',
    }));
  });
}
