import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { typingText } from './typing';

/** Who is typing. Keeps its height, so that nothing moves when somebody begins. Not read out: it changes too often. */
@Component({
  selector: 'parley-typing-line',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (text() !== '') {
      <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <bdi>{{ text() }}</bdi>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--parley-space-2);
      block-size: 22px;
      overflow: hidden;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .dots {
      display: flex;
      gap: 3px;
    }
    i {
      inline-size: 5px;
      block-size: 5px;
      border-radius: 50%;
      background: currentcolor;
      animation: hop 1.2s ease-in-out infinite;
    }
    i:nth-child(2) {
      animation-delay: 0.15s;
    }
    i:nth-child(3) {
      animation-delay: 0.3s;
    }
    @keyframes hop {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }
      30% {
        opacity: 1;
        transform: translateY(-2px);
      }
    }
  `,
})
export class TypingLine {
  readonly names = input.required<readonly string[]>();
  protected readonly text = computed(() => typingText(this.names()));
}
