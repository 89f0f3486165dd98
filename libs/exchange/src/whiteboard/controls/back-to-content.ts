import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import { intersects } from '@parley/board';
import { viewOf } from '../camera';
import type { BoardEditor } from '../editor/board-editor';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';
import { knownBounds } from '../editor/bring-into-view';
import { settled } from './settled';

/** Milliseconds between two looks at whether anything is in view. */
const PACE_MS = 250;

/** The way back, for who has lost everything from view. */
@Component({
  selector: 'parley-board-back',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.narrow]': 'narrow()' },
  template: `
    @if (lost() === true) {
      <button type="button" class="control worded floating" (click)="editor().fit()">
        <svg [lucideIcon]="icons.locateFixed" size="18" aria-hidden="true"></svg>
        Back to content
      </button>
    }
  `,
  styleUrls: ['./controls.css', './back-to-content.css'],
})
export class BackToContent {
  readonly editor = input.required<BoardEditor>();

  protected readonly icons = boardIcons;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly lost = settled(() => hasLostAll(this.editor()), PACE_MS);
}

function hasLostAll(editor: BoardEditor): boolean {
  const viewport = editor.viewport();
  const view = viewOf(editor.camera(), viewport);
  const { kind, width, height } = editor.page();
  const shapes = editor.shapes();
  const isSheet = kind === 'document';
  if (viewport.width === 0 || (shapes.length === 0 && !isSheet)) return false;
  if (isSheet && intersects(view, { minX: 0, minY: 0, maxX: width, maxY: height })) return false;
  return !shapes.some((shape) => intersects(view, knownBounds(shape)));
}
