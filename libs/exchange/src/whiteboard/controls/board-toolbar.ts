import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input } from '@angular/core';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { LucideDynamicIcon, type LucideIconData } from '@lucide/angular';
import type { BoardEditor } from '../editor/board-editor';
import { lookingTools, toolNames, toolWords, type ToolName } from '../editor/tool-names';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';
import { Roving } from './roving';
import { toolIcons } from './tool-icons';
import { whyNot } from './why-not';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly icon: LucideIconData;
  /** As people read it, and as `aria-keyshortcuts` wants it. */
  readonly key: string;
  readonly shortcut: string;
  /** Whether it is in hand; undefined of what is done at once. */
  readonly pressed: boolean | undefined;
  /** Why it cannot be used now; empty when it can. */
  readonly off: string;
  readonly use: () => void;
}

/** Where there is little room those come first that one draws with most. */
const atHand: readonly ToolName[] = ['pen', 'eraser', 'select', 'highlighter', 'text', 'note', 'arrow'];
const thumbOrder: readonly ToolName[] = [...atHand, ...toolNames.filter((tool) => !atHand.includes(tool))];
/** CSS pixels of one control under a thumb, and of the edges around all of them. */
const THUMB = 46;
const EDGES = 28;
/** The same with a mouse, above and below the toolbar. */
const STEP = 42;
const ROOM = 96;

/** Every tool of the board, undo, redo and clearing the page. Along the lower edge where there is little room. */
@Component({
  selector: 'parley-board-toolbar',
  imports: [LucideDynamicIcon, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger, MatTooltip],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    role: 'toolbar',
    'aria-label': 'Drawing tools',
    class: 'floating',
    '[class.narrow]': 'narrow()',
    '[style.--columns]': 'columns()',
    '[attr.aria-orientation]': 'narrow() ? "horizontal" : "vertical"',
    '(keydown)': 'move($event)',
    '(focusin)': 'came($event)',
  },
  templateUrl: './board-toolbar.html',
  styleUrls: ['./controls.css', './board-toolbar.css'],
})
export class BoardToolbar {
  readonly editor = input.required<BoardEditor>();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly icons = boardIcons;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  private readonly off = computed(() => whyNot(this.editor()));

  private readonly tools = computed<readonly Entry[]>(() => {
    const editor = this.editor();
    return (this.narrow() ? thumbOrder : toolNames).map((tool) => ({
      id: tool,
      name: toolWords[tool].name,
      icon: toolIcons[tool],
      key: toolWords[tool].key,
      shortcut: toolWords[tool].key,
      pressed: editor.tool() === tool,
      off: lookingTools.includes(tool) ? '' : this.off(),
      use: () => editor.use(tool),
    }));
  });

  private readonly deeds = computed<readonly Entry[]>(() => {
    const editor = this.editor();
    const { canUndo, canRedo } = editor.history();
    const off = this.off();
    const isEmpty = editor.shapes().length === 0;
    const deed = { pressed: undefined, shortcut: '', key: '' };
    const { undo2, redo2, brushCleaning } = boardIcons;
    return [
      {
        ...deed,
        id: 'undo',
        name: 'Undo',
        icon: undo2,
        key: 'Ctrl+Z',
        shortcut: 'Control+Z',
        off: off || (canUndo ? '' : 'There is nothing of yours to undo.'),
        use: () => editor.undo(),
      },
      {
        ...deed,
        id: 'redo',
        name: 'Redo',
        icon: redo2,
        key: 'Ctrl+Shift+Z',
        shortcut: 'Control+Shift+Z',
        off: off || (canRedo ? '' : 'There is nothing to do again.'),
        use: () => editor.redo(),
      },
      {
        ...deed,
        id: 'clear',
        name: 'Clear page',
        icon: brushCleaning,
        off: off || (isEmpty ? 'There is nothing on this page.' : ''),
        use: () => editor.commands.clear(),
      },
    ];
  });

  /** How many tools are at hand; undo and More are too. */
  private readonly fits = computed(() => {
    const fits = Math.floor((this.editor().viewport().width - EDGES) / THUMB);
    return this.narrow() && fits < toolNames.length + 3 ? Math.max(1, fits - 2) : Infinity;
  });

  protected readonly shown = computed<readonly Entry[]>(() => {
    const tools = this.tools();
    const fits = this.fits();
    if (fits >= tools.length) return [...tools, ...this.deeds()];
    const first = tools.slice(0, fits);
    const inHand = tools.find(({ pressed }) => pressed === true);
    // What is in hand is always seen.
    const seen = inHand === undefined || first.includes(inHand) ? first : [...first.slice(0, -1), inHand];
    return [...seen, ...this.deeds().slice(0, 1)];
  });
  protected readonly folded = computed<readonly Entry[]>(() => {
    const shown = new Set(this.shown().map(({ id }) => id));
    return [...this.tools(), ...this.deeds()].filter(({ id }) => !shown.has(id));
  });
  protected readonly roving = new Roving(
    computed(() => [...this.shown().map(({ id }) => id), ...(this.folded().length > 0 ? ['more'] : [])]),
  );
  /** As many columns as it takes to be no higher than the board. */
  protected readonly columns = computed(() => {
    const { height } = this.editor().viewport();
    if (this.narrow() || height === 0) return 1;
    return Math.ceil(((toolNames.length + 3) * STEP) / Math.max(height - ROOM, STEP));
  });

  protected use(entry: Entry): void {
    if (entry.off === '') entry.use();
    else this.editor().tell(`${entry.name}: ${entry.off}`);
  }

  protected hint({ name, key, off }: Entry): string {
    const named = key === '' ? name : `${name} (${key})`;
    return off === '' ? named : `${named}. ${off}`;
  }

  protected came({ target }: FocusEvent): void {
    const id = target instanceof HTMLElement ? target.dataset.control : undefined;
    if (id !== undefined) this.roving.set(id);
  }

  protected move(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const rightToLeft = getComputedStyle(this.element).direction === 'rtl';
    const id = this.roving.move(event.key, rightToLeft);
    if (id === undefined) return;
    event.preventDefault();
    this.element.querySelector<HTMLElement>(`[data-control='${id}']`)?.focus();
  }
}
