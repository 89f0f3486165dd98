import { ChangeDetectionStrategy, Component, computed, effect, input, output, signal, untracked } from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import type { BoardEditor } from '../editor/board-editor';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';
import { boardStatusView } from './board-status-words';

/** Milliseconds that a change may wait before it is worth a word. */
const SLOW_MS = 3_000;
/** Milliseconds that `Saved` is shown. */
const SAVED_MS = 4_000;

/** How the board stands: being opened, waiting for the connection, saved, to be read only, locked, refused. */
@Component({
  selector: 'parley-board-status',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.narrow]': 'narrow()' },
  template: `
    <div class="pill" [class]="view()?.tone" [class.empty]="view() === undefined">
      <span class="state" role="status">
        @if (view(); as view) {
          <svg
            [lucideIcon]="icons[view.icon]"
            size="16"
            aria-hidden="true"
            [class.working]="view.icon === 'working'"
          ></svg>
          <span>
            @if (view.count !== undefined) {
              <span aria-hidden="true">{{ view.count }}</span>
            }
            {{ view.text }}</span
          >
        }
      </span>
      @if (view()?.discard) {
        <button type="button" (click)="discard.emit()">Discard</button>
      }
    </div>
  `,
  styleUrls: ['./controls.css', './board-status.css'],
})
export class BoardStatusPill {
  readonly editor = input.required<BoardEditor>();
  /** Whether the connection is there. */
  readonly connected = input(true);
  /** Why one may only look, where the page knows more than the board does. */
  readonly because = input('');
  /** What was refused is to be thrown away, please. */
  readonly discard = output();

  protected readonly icons = {
    working: boardIcons.refreshCw,
    saved: boardIcons.check,
    away: boardIcons.cloudOff,
    trouble: boardIcons.triangleAlert,
    looking: boardIcons.eye,
    locked: boardIcons.lock,
  };
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  private readonly slow = signal(false);
  private readonly saved = signal(false);
  private readonly waits = computed(() => this.editor().status().queued > 0);
  /** Whether people were told that something waits. */
  private readonly told = computed(() => this.waits() && (this.slow() || !this.connected()));
  private wasTold = false;

  protected readonly view = computed(() =>
    boardStatusView({
      status: this.editor().status(),
      connected: this.connected(),
      slow: this.slow(),
      saved: this.saved(),
      locked: this.editor().page().locked,
      because: this.because(),
    }),
  );

  constructor() {
    effect((onCleanup) => {
      if (!this.waits()) return;
      const timer = setTimeout(() => this.slow.set(true), SLOW_MS);
      onCleanup(() => {
        clearTimeout(timer);
        this.slow.set(false);
      });
    });
    effect((onCleanup) => {
      const told = this.told();
      const waits = this.waits();
      if (told || waits) {
        this.wasTold ||= told;
        untracked(() => this.saved.set(false));
        return;
      }
      if (!this.wasTold) return;
      this.wasTold = false;
      this.saved.set(true);
      const timer = setTimeout(() => this.saved.set(false), SAVED_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }
}
