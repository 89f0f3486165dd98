import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideDynamicIcon } from '@lucide/angular';
import type { OwnMedia } from '../own-media';
import { deviceTrouble } from '../trouble-words';
import { callIcons } from '../call-icons';

/** What is wrong with the devices that are wanted, and the one thing that helps. */
@Component({
  selector: 'parley-device-help',
  imports: [LucideDynamicIcon, MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', 'aria-label': 'Devices' },
  template: `
    @for (trouble of troubles(); track trouble.kind) {
      <div [class.mild]="trouble.mild">
        <svg [lucideIcon]="icons.info" size="18" aria-hidden="true"></svg>
        <p>{{ trouble.text }}</p>
        @if (trouble.retry) {
          <button
            matButton
            type="button"
            [attr.aria-label]="'Retry the ' + trouble.kind"
            (click)="own().retry(trouble.kind)"
          >
            Retry
          </button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--parley-space-2);
    }
    :host(:empty) {
      display: none;
    }
    div {
      display: flex;
      align-items: center;
      gap: var(--parley-space-2);
      padding: var(--parley-space-2) var(--parley-space-3);
      border-radius: 12px;
      background: var(--parley-warn-container);
      color: var(--parley-on-warn-container);
      font: var(--mat-sys-body-medium);
      --mat-button-text-label-text-color: currentcolor;
    }
    .mild {
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
    }
    svg,
    button {
      flex: none;
    }
    p {
      flex: 1;
      text-wrap: pretty;
    }
  `,
})
export class DeviceHelp {
  protected readonly icons = callIcons;
  readonly own = input.required<OwnMedia>();

  protected readonly troubles = computed(() => {
    const own = this.own();
    return (['microphone', 'camera'] as const).flatMap((kind) => {
      const state = own.devices()[kind];
      const trouble = kind === 'microphone' || own.wants(kind) ? deviceTrouble(kind, state) : undefined;
      return trouble === undefined ? [] : [{ kind, ...trouble, mild: state.status === 'missing' }];
    });
  });
}
