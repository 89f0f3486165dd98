import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  ErrorHandler,
  inject,
  Injector,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import type { Exchange, ExchangeFile } from '@parley/protocol';
import { ParleySocket } from '@parley/web-socket';
import { browserStorage } from '../call/remembered';
import type { ExchangeFiles } from '../files/exchange-files';
import { isWriting } from '../page/page-keys';
import type { FindPerson } from '../person/directory';
import { BoardControls } from './controls/board-controls';
import type { ExportKind } from './controls/board-pages';
import { pageName } from './controls/page-names';
import { injectDocuments } from './documents-on-board';
import { BoardClipboard } from './editor/board-clipboard';
import { obeyBoardKey } from './editor/board-keys';
import { FilePlacer } from './file-placer';
import { injectBoard } from './open-board';
import { injectPaper } from './paper';
import { BoardSurface } from './surface/board-surface';
import { UnsavedMark } from './unsaved-mark';

/** The whiteboard of an exchange: a surface to draw on, and its controls around it. */
@Component({
  selector: 'parley-board-view',
  imports: [BoardControls],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '(keydown)': 'pressed($event)',
    '(keyup)': 'released($event)',
    '(focusout)': 'editor().holdHand(false)',
    '(document:copy)': 'copied($event)',
    '(document:cut)': 'copied($event)',
    '(document:paste)': 'pasted($event)',
    '(dragover)': 'over($event)',
    '(drop)': 'drop($event)',
    '[attr.data-paper]': 'paper()',
  },
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
  /** Why nothing can be drawn; empty when something can. */
  readonly closedBecause = input.required<string>();
  /** A file to put on the board, as soon as it is open. */
  readonly placing = input<ExchangeFile>();
  /** It is on the board, or cannot be. */
  readonly placed = output();
  readonly showFiles = output();

  private readonly errors = inject(ErrorHandler);
  private readonly surface = viewChild.required<ElementRef<HTMLElement>>('surface');
  protected readonly paper = injectPaper();
  protected readonly connected = inject(ParleySocket).connected;
  private readonly board = injectBoard(
    this.exchange,
    this.me,
    computed(() => this.closedBecause() !== ''),
  );
  protected readonly editor = this.board.editor;
  private readonly clipboard = computed(() => new BoardClipboard(this.editor()));
  private readonly documents = injectDocuments(computed(() => this.exchange().id));
  private readonly destroyed = inject(DestroyRef);
  private readonly placer = new FilePlacer({
    editor: this.editor,
    pages: (file) => this.documents().pages(file),
    isOver: () => this.destroyed.destroyed,
    report: (error) => this.errors.handleError(error),
  });
  protected readonly label = computed(() => {
    const { page, shapes } = this.editor();
    const count = shapes().length;
    return `Whiteboard, ${pageName(page())}, ${count === 1 ? '1 object' : `${count} objects`}`;
  });

  constructor() {
    const injector = inject(Injector);
    effect((onCleanup) => {
      const [host, editor, { backdrops }] = [this.surface().nativeElement, this.editor(), this.documents()];
      const { paper, person } = this;
      const made = untracked(() => new BoardSurface({ host, editor, injector, paper, backdrops, person }));
      onCleanup(() => made.close());
    });
    const isOpen = computed(() => this.editor().status().state === 'open');
    effect(() => {
      const file = this.placing();
      if (file === undefined || !isOpen()) return;
      untracked(() => void this.place(file));
    });
    effect(() => {
      if (this.isShown()) untracked(() => this.focus());
    });
    const unsaved = new UnsavedMark(browserStorage());
    const isUnsaved = computed(() => this.editor().status().queued > 0);
    effect(() => {
      // Until it is open, one does not know yet what an earlier page has left.
      if (isOpen()) unsaved.set(this.me(), this.exchange().id, isUnsaved());
    });
  }

  focus(): void {
    this.surface().nativeElement.focus();
  }

  protected pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || isWriting(event.target)) return;
    const isOnBoard = event.target === this.surface().nativeElement;
    // A button has its own use of the others.
    if (!isOnBoard && !event.ctrlKey && !event.metaKey && !/^[a-z]$/i.test(event.key)) return;
    // In a call, the same key talks for as long as it is held: it is left to that, too.
    if (isOnBoard && event.key === ' ') this.editor().holdHand(true);
    else if (obeyBoardKey(this.editor(), event)) event.preventDefault();
  }

  protected discard(): void {
    this.board.discard().catch((error: unknown) => this.errors.handleError(error));
    this.focus();
  }

  protected released({ key }: KeyboardEvent): void {
    if (key === ' ') this.editor().holdHand(false);
  }

  /** The browser asks the document where nothing that can be edited has the focus. */
  protected copied(event: ClipboardEvent): void {
    if (!this.hasFocus() || event.clipboardData === null) return;
    if (this.clipboard().copy(event.clipboardData, event.type === 'cut')) event.preventDefault();
  }

  protected pasted(event: ClipboardEvent): void {
    if (!this.hasFocus() || event.clipboardData === null) return;
    event.preventDefault();
    const files = this.clipboard().paste(event.clipboardData);
    if (files.length > 0 && this.editor().status().canWrite) this.put(files);
  }

  protected over(event: DragEvent): void {
    if (!this.editor().status().canWrite || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }

  protected drop(event: DragEvent): void {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || !this.editor().status().canWrite) return;
    // Else the browser leaves the page, and shows the file.
    event.preventDefault();
    this.put(files);
  }

  private hasFocus(): boolean {
    return this.surface().nativeElement.ownerDocument.activeElement === this.surface().nativeElement;
  }

  private put(files: readonly File[]): void {
    // Here one sees them come, or why they do not.
    this.showFiles.emit();
    this.files().add(files, (file) => void this.place(file));
  }

  protected exported(kind: ExportKind): void {
    const editor = this.editor();
    editor.writer.finish();
    this.documents()
      .save(kind, editor, { title: this.exchange().booking.title })
      .then((words) => editor.tell(words))
      .catch((error: unknown) => {
        editor.tell('This could not be saved as a file.');
        this.errors.handleError(error);
      });
  }

  private async place(file: ExchangeFile): Promise<void> {
    await this.placer.place(file);
    if (!this.destroyed.destroyed) this.placed.emit();
  }
}
