import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { LucideDynamicIcon } from '@lucide/angular';
import type { FindPerson } from '../../person/directory';
import type { BoardEditor } from '../editor/board-editor';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';
import { FollowBanner } from './follow-banner';
import { pageName } from './page-names';

/** What a board can be saved as. */
export const exportKinds = ['png', 'svg', 'pdf', 'pdf-all'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** Which page of the board is seen, and what one does with a page as a whole. */
@Component({
  selector: 'parley-board-pages',
  imports: [FollowBanner, LucideDynamicIcon, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger, MatTooltip],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', 'aria-label': 'Pages', '[class.narrow]': 'narrow()' },
  templateUrl: './board-pages.html',
  styleUrls: ['./controls.css', './board-pages.css'],
})
export class BoardPages {
  readonly editor = input.required<BoardEditor>();
  readonly person = input.required<FindPerson>();
  /** A file is to become pages, please. */
  readonly add = output();
  /** The board is to be saved, please. */
  readonly exported = output<ExportKind>();

  protected readonly icons = boardIcons;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly pages = computed(() => {
    const pages = this.editor().pages();
    const { id: current } = this.editor().page();
    return pages.map((page) => ({
      id: page.id,
      name: pageName(page),
      locked: page.locked,
      current: page.id === current,
    }));
  });
  private readonly at = computed(() => this.pages().findIndex(({ current }) => current));
  protected readonly name = computed(() => this.pages()[this.at()]?.name ?? '');
  protected readonly before = computed(() => this.pages()[this.at() - 1]);
  protected readonly after = computed(() => this.pages()[this.at() + 1]);
  protected readonly place = computed(() => `${this.at() + 1} of ${this.pages().length}`);
  /** Its name says which sheet it is: two counts beside each other would be read as one. */
  protected readonly onDocument = computed(() => this.editor().page().kind === 'document');
  protected readonly canWrite = computed(() => this.editor().status().canWrite);
  protected readonly locked = computed(() => this.editor().page().locked);
  protected readonly canRemove = computed(() => this.editor().canDraw() && this.editor().page().kind === 'document');
  protected readonly presenting = computed(() => this.editor().following.presenting());
  protected readonly formats = computed<readonly { readonly kind: ExportKind; readonly name: string }[]>(() => [
    { kind: 'png', name: 'picture (PNG)' },
    { kind: 'svg', name: 'drawing (SVG)' },
    ...(this.onDocument() ? [{ kind: 'pdf', name: 'PDF, this document' } as const] : []),
    { kind: 'pdf-all', name: 'PDF, all pages' },
  ]);

  protected goTo(page: { readonly id: string; readonly name: string } | undefined): void {
    if (page === undefined) return;
    this.editor().goTo(page.id);
    this.editor().tell(`${page.name}, page ${this.place()}.`);
  }

  protected lock(): void {
    const editor = this.editor();
    const { id, locked } = editor.page();
    if (!this.canWrite()) return;
    editor.writer.finish();
    editor.scene.setLocked(id, !locked);
    if (!locked) editor.select(new Set());
    editor.tell(locked ? 'Page unlocked.' : 'Page locked: nobody changes what is on it until it is unlocked.');
  }

  protected remove(): void {
    const editor = this.editor();
    if (!this.canRemove()) return;
    const name = this.name();
    editor.scene.removePage(editor.page().id);
    editor.tell(`${name} is removed from the board.`, true);
  }

  protected present(): void {
    const { following } = this.editor();
    following.present(!following.presenting());
  }
}
