import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** How loud the microphone is. */
@Component({
  selector: 'parley-mic-meter',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    role: 'meter',
    'aria-label': 'Microphone level',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-valuenow]': 'percent()',
  },
  template: `<i [style.scale]="percent() / 100 + ' 1'"></i>`,
  styles: `
    :host {
      display: block;
      block-size: 8px;
      overflow: hidden;
      border-radius: 4px;
      background: var(--mat-sys-surface-container-highest);
    }
    i {
      display: block;
      block-size: 100%;
      border-radius: 4px;
      background: var(--parley-good);
      transform-origin: left;
      transition: scale 80ms linear;
    }
    :host-context([dir='rtl']) i {
      transform-origin: right;
    }
  `,
})
export class MicMeter {
  /** 0 to 1. */
  readonly level = input.required<number>();
  protected readonly percent = computed(() => Math.round(this.level() * 100));
}
