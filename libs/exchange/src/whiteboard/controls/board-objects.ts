import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import type { FindPerson } from '../../person/directory';
import type { BoardEditor } from '../editor/board-editor';
import { shapeName } from '../editor/shape-words';
import { isWords } from '../editor/words-writer';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';
import { bringIntoView, knownBounds } from '../editor/bring-into-view';
import { placeWords } from './place-words';
import { Roving } from './roving';

/** Objects that are listed at first, and how many more each time. */
const LISTED = 200;
let made = 0;

interface Listed {
  readonly id: string;
  readonly name: string;
  /** Whose it is and where. */
  readonly about: string;
  readonly selected: boolean;
}

/** What is on the page as a list, for the keyboard and for who does not see the board. The latest come first. */
@Component({
  selector: 'parley-board-objects',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.narrow]': 'narrow()', '[class.up]': 'up()' },
  templateUrl: './board-objects.html',
  styleUrls: ['./controls.css', './board-objects.css'],
})
export class BoardObjects {
  readonly editor = input.required<BoardEditor>();
  readonly person = input.required<FindPerson>();
  /** The reader's userId. */
  readonly me = input('');
  /** Something is written in now: the field takes the focus. */
  readonly writes = output();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  protected readonly panel = `parley-board-objects-${++made}`;
  protected readonly icons = boardIcons;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly open = signal(false);
  /** Whether there is more room above the button than below it. */
  protected readonly up = signal(false);
  protected readonly count = computed(() => this.editor().shapes().length);
  private readonly most = linkedSignal({ source: () => this.editor().page().id, computation: () => LISTED });

  protected readonly listed = computed<readonly Listed[]>(() => {
    if (!this.open()) return [];
    const editor = this.editor();
    const person = this.person();
    const selection = editor.selection();
    const all = editor.content();
    const latest = editor.shapes().slice(-this.most()).reverse();
    return latest.map((shape) => {
      const author = shape.author === this.me() ? 'you' : person(shape.author).name;
      const place = all === undefined ? '' : `, ${placeWords(knownBounds(shape), all)}`;
      return {
        id: shape.id,
        name: shapeName(shape),
        about: `by ${author}${place}`,
        selected: selection.has(shape.id),
      };
    });
  });
  protected readonly more = computed(() => this.count() - this.listed().length);
  protected readonly roving = new Roving(computed(() => this.listed().map(({ id }) => id)));

  protected toggle(): void {
    const { top, bottom } = this.element.getBoundingClientRect();
    this.up.set(top > globalThis.innerHeight - bottom);
    this.open.update((open) => !open);
  }

  protected showMore(): void {
    this.most.update((most) => most + LISTED);
  }

  protected press(id: string, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
    this.roving.set(id);
    this.select(id, ctrlKey || metaKey || shiftKey);
  }

  protected key(event: KeyboardEvent): void {
    const id = this.roving.current();
    if (id === undefined || event.altKey) return;
    if (this.obey(id, event)) event.preventDefault();
  }

  private obey(id: string, { key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    const editor = this.editor();
    if (ctrlKey || metaKey) {
      if (key.toLowerCase() !== 'a') return false;
      editor.commands.selectAll();
      return true;
    }
    switch (key) {
      case ' ':
        this.select(id, true);
        return true;
      case 'Enter':
        this.edit(id);
        return true;
      case 'Delete':
      case 'Backspace':
        this.remove(id);
        return true;
      case 'Escape':
        editor.select(new Set());
        return true;
      case 'ArrowLeft':
      case 'ArrowRight':
        return false;
      default: {
        const next = this.roving.move(key);
        if (next === undefined) return false;
        this.focus(next);
        if (shiftKey) this.select(next, true, true);
        return true;
      }
    }
  }

  /** @param along beside what is selected already; @param on also if it is selected already */
  private select(id: string, along: boolean, on = false): void {
    const editor = this.editor();
    const ids = new Set(along ? editor.selection() : []);
    if (ids.has(id) && !on) ids.delete(id);
    else ids.add(id);
    editor.use('select');
    editor.select(ids);
    const shape = editor.scene.shape(id);
    if (shape !== undefined && ids.has(id)) bringIntoView(editor, knownBounds(shape));
  }

  private edit(id: string): void {
    const editor = this.editor();
    const shape = editor.scene.shape(id);
    this.select(id, false);
    if (shape === undefined || !isWords(shape) || !editor.canDraw()) return;
    editor.writer.resume(id);
    this.writes.emit();
  }

  /** All that is selected, should this be so; else this alone. The focus goes to what comes after it. */
  private remove(id: string): void {
    const editor = this.editor();
    if (!editor.canDraw()) return;
    const ids = this.listed().map((each) => each.id);
    const gone = editor.selection().has(id) ? editor.selection() : new Set([id]);
    const at = ids.indexOf(id);
    const next = ids.slice(at).find((each) => !gone.has(each)) ?? ids.slice(0, at).findLast((each) => !gone.has(each));
    editor.use('select');
    editor.select(gone);
    editor.commands.remove();
    if (next !== undefined) this.roving.set(next);
    this.focus(next);
  }

  /** @param id undefined for the button of the panel: there is nothing left */
  private focus(id: string | undefined): void {
    const to = (): void => {
      const options = [...this.element.querySelectorAll<HTMLElement>('[role=option]')];
      const target = options.find((each) => each.dataset.id === id) ?? this.element.querySelector('button');
      target?.focus();
      target?.scrollIntoView({ block: 'nearest' });
    };
    afterNextRender({ read: to }, { injector: this.injector });
  }
}
