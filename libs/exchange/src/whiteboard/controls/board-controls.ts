import { ChangeDetectionStrategy, Component, computed, effect, input, output, untracked } from '@angular/core';
import type { FindPerson } from '../../person/directory';
import type { Insets } from '../camera';
import type { BoardEditor } from '../editor/board-editor';
import { BackToContent } from './back-to-content';
import { BoardLook } from './board-look';
import { BoardNewsLine } from './board-news';
import { BoardObjects } from './board-objects';
import { BoardPages, type ExportKind } from './board-pages';
import { isLow, isNarrow } from './board-room';
import { BoardStatusPill } from './board-status';
import { BoardToolbar } from './board-toolbar';
import { BoardZoom } from './board-zoom';
import { WordsField } from './words-field';

/** CSS pixels of the surface that the controls lie over: beside it, and under a thumb */
const BESIDE: Insets = { left: 110, top: 50, right: 0, bottom: 0 };
/** The look of what is drawn lies beside the tools. */
const BESIDE_BOTH: Insets = { ...BESIDE, left: 270 };
const ROOMY = 860;
const BELOW: Insets = { left: 0, top: 50, right: 0, bottom: 110 };

/** Everything that lies above the board's surface and leaves the rest of it to the pointer. It fills its parent. */
@Component({
  selector: 'parley-board-controls',
  imports: [
    BackToContent,
    BoardLook,
    BoardNewsLine,
    BoardObjects,
    BoardPages,
    BoardStatusPill,
    BoardToolbar,
    BoardZoom,
    WordsField,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.narrow]': 'narrow()', '[class.low]': 'low()' },
  template: `
    <parley-words-field [editor]="editor()" (done)="done.emit()" />
    <parley-board-pages
      class="pages"
      [editor]="editor()"
      [person]="person()"
      (add)="add.emit()"
      (exported)="exported.emit($event)"
    />
    <parley-board-toolbar class="tools" [editor]="editor()" (click)="pressed($event)" />
    <parley-board-look class="look" [editor]="editor()" (click)="pressed($event)" />
    <div class="right">
      <parley-board-status
        class="status"
        [editor]="editor()"
        [connected]="connected()"
        [because]="because()"
        (discard)="discard.emit()"
      />
      <parley-board-objects class="objects" [editor]="editor()" [person]="person()" [me]="me()" />
      <parley-board-zoom class="zoom" [editor]="editor()" />
    </div>
    <div class="middle">
      <parley-board-back [editor]="editor()" />
      <parley-board-news [editor]="editor()" (done)="done.emit()" />
    </div>
  `,
  styleUrl: './board-controls.css',
})
export class BoardControls {
  readonly editor = input.required<BoardEditor>();
  readonly person = input.required<FindPerson>();
  /** The reader's userId. */
  readonly me = input('');
  /** Whether the connection is there. */
  readonly connected = input(true);
  /** Why one may only look, where the page knows more than the board does. */
  readonly because = input('');
  /** A file is to become pages, please. */
  readonly add = output();
  /** The board is to be saved, please. */
  readonly exported = output<ExportKind>();
  /** What was refused is to be thrown away, please. */
  readonly discard = output();
  /** The board may have the focus: what had it is gone, or is used up. */
  readonly done = output();

  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly low = computed(() => isLow(this.editor()));

  constructor() {
    effect(() => {
      const [narrow, editor] = [this.narrow(), this.editor()];
      const isWide = editor.viewport().width >= ROOMY;
      untracked(() => editor.setInsets(narrow ? BELOW : isWide ? BESIDE_BOTH : BESIDE));
    });
  }

  /** After a click the keys are the board's again; whoever uses the keyboard stays where they are. */
  protected pressed({ detail, target }: MouseEvent): void {
    const opensMenu = target instanceof Element && target.closest('[aria-haspopup]') !== null;
    if (detail > 0 && !opensMenu) this.done.emit();
  }
}
