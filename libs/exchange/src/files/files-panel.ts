import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { LucideDynamicIcon } from '@lucide/angular';
import { type ExchangeFile, FILE_BYTES_MAX } from '@parley/protocol';
import type { Question } from '../page/question-dialog';
import type { FindPerson } from '../person/directory';
import type { ExchangeFiles, Upload } from './exchange-files';
import { ACCEPTED, sizeText } from './file-check';
import { fileIcons } from './file-icons';
import { deleteFileQuestion } from './file-question';
import { FileThumbnail } from './file-thumbnail';

const kinds: Readonly<Record<ExchangeFile['type'], string>> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
};

/** The files of an exchange: who may, adds and deletes some; everyone reads them. */
@Component({
  selector: 'parley-files-panel',
  imports: [FileThumbnail, LucideDynamicIcon, MatButton, MatIconButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(dragover)': 'over($event)', '(dragleave)': 'leave($event)', '(drop)': 'drop($event)' },
  templateUrl: './files-panel.html',
  styleUrl: './files-panel.css',
})
export class FilesPanel {
  readonly store = input.required<ExchangeFiles>();
  /** The reader's own userId. */
  readonly me = input.required<string>();
  readonly person = input.required<FindPerson>();
  /** Whether the reader may delete what others added. */
  readonly isHost = input(false);
  /** Whether there is a board that the reader may put a file on. */
  readonly canPlace = input(false);
  /** Why nothing can be added or deleted; empty where it can. */
  readonly closedBecause = input('');
  /** A file to put on the board. */
  readonly place = output<ExchangeFile>();
  /** Something to ask before it is done. */
  readonly ask = output<Question>();

  private readonly injector = inject(Injector);
  private readonly addButton = viewChild<string, ElementRef<HTMLButtonElement>>('add', { read: ElementRef });
  private readonly chooser = viewChild<ElementRef<HTMLInputElement>>('chooser');
  protected readonly icons = fileIcons;
  protected readonly accepted = ACCEPTED;
  protected readonly most = sizeText(FILE_BYTES_MAX);
  protected readonly dropping = signal(false);

  /** Opens the file chooser; only while a person's own click or key press is handled. */
  chooseFiles(): void {
    this.chooser()?.nativeElement.click();
  }

  protected choose(chooser: HTMLInputElement): void {
    this.store().add([...(chooser.files ?? [])]);
    // The same file may be chosen again.
    chooser.value = '';
  }

  protected cancel(id: number): void {
    this.store().cancel(id);
    this.keepFocus();
  }

  protected dismiss(id: number): void {
    this.store().dismiss(id);
    this.keepFocus();
  }

  protected mayDelete({ addedBy }: ExchangeFile): boolean {
    return this.closedBecause() === '' && (this.isHost() || addedBy === this.me());
  }

  protected askToDelete(file: ExchangeFile): void {
    this.ask.emit(
      deleteFileQuestion(file, async () => {
        await this.store().remove(file);
        this.keepFocus();
      }),
    );
  }

  protected about({ type, pages, bytes }: ExchangeFile): string {
    const facts = [kinds[type], type === 'application/pdf' ? pagesText(pages) : '', sizeText(bytes)];
    return facts.filter((fact) => fact !== '').join(' · ');
  }

  protected addedBy({ addedBy }: ExchangeFile): string {
    return addedBy === this.me() ? 'you' : this.person()(addedBy).name;
  }

  protected progressText({ state, sent, total }: Upload): string {
    if (state === 'waiting') return 'Waits for the others';
    // All bytes are on their way: the server looks at them now.
    return sent >= total ? 'Being checked…' : `${sizeText(sent)} of ${sizeText(total)}`;
  }

  protected over(event: DragEvent): void {
    if (this.closedBecause() !== '' || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.dropping.set(true);
  }

  protected leave(event: DragEvent): void {
    // Also told when the pointer only goes on to something within.
    const { currentTarget, relatedTarget } = event;
    if (currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    this.dropping.set(false);
  }

  protected drop(event: DragEvent): void {
    this.dropping.set(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (this.closedBecause() !== '' || files.length === 0) return;
    // Else the browser leaves the page, and shows the file.
    event.preventDefault();
    this.store().add(files);
  }

  /** The button that was pressed is gone: the keyboard goes on where files are added. */
  private keepFocus(): void {
    afterNextRender(
      () => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) this.addButton()?.nativeElement.focus();
      },
      { injector: this.injector },
    );
  }
}

function pagesText(pages: number): string {
  return pages === 1 ? '1 page' : `${pages} pages`;
}
