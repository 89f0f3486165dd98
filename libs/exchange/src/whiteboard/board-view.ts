import { ChangeDetectionStrategy, Component, computed, ElementRef, input, output, viewChild } from '@angular/core';
import type { Exchange, ExchangeFile } from '@parley/protocol';
import type { ExchangeFiles } from '../files/exchange-files';
import { isWriting } from '../page/page-keys';
import type { FindPerson } from '../person/directory';
import { obeyBoardKey } from './editor/board-keys';
import { injectBoard } from './open-board';
import { injectPaper } from './paper';

/** The whiteboard of an exchange: a surface to draw on, and its controls around it. */
@Component({
  selector: 'parley-board-view',
  imports: [],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(keydown)': 'pressed($event)', '[attr.data-paper]': 'paper()' },
  templateUrl: './board-view.html',
  styleUrl: './board-view.css',
})
export class BoardView {
  readonly exchange = input.required<Exchange>();
  readonly me = input.required<string>();
  readonly person = input.required<FindPerson>();
  /** Whether it is in view. */
  readonly isShown = input.required<boolean>();
  readonly files = input.required<ExchangeFiles>();
  /** A file to put on the board, as soon as it is open. */
  readonly placing = input<ExchangeFile>();
  /** It is on the board, or cannot be. */
  readonly placed = output();
  readonly showFiles = output();

  private readonly surface = viewChild.required<ElementRef<HTMLElement>>('surface');
  protected readonly paper = injectPaper();
  private readonly board = injectBoard(this.exchange, this.me);
  protected readonly editor = this.board.editor;
  protected readonly label = computed(() => {
    const { page, shapes } = this.editor();
    const count = shapes().length;
    return `Whiteboard, ${page().name}, ${count === 1 ? '1 object' : `${count} objects`}`;
  });

  protected pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || isWriting(event.target)) return;
    const isOnBoard = event.target === this.surface().nativeElement;
    // A button has its own use of the others.
    if (!isOnBoard && !event.ctrlKey && !event.metaKey && !/^[a-z]$/i.test(event.key)) return;
    if (obeyBoardKey(this.editor(), event)) event.preventDefault();
  }
}
