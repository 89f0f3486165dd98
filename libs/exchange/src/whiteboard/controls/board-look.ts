import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { LucideDynamicIcon } from '@lucide/angular';
import { type Colour, colours, shades, type Shape } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { sizesOf } from '../editor/looks';
import type { ToolName } from '../editor/tool-names';
import type { Look } from '../tools/tool';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';

const drawing: readonly ToolName[] = ['pen', 'highlighter', 'rectangle', 'ellipse', 'line', 'arrow', 'text', 'note'];
/** Which shade of a colour each of them is drawn in. */
const shadeOf = { note: 'fill', highlighter: 'mark', pen: 'line', outline: 'line', text: 'line' } as const;
const widths = ['Thin', 'Medium', 'Thick', 'Very thick'] as const;
const heights = ['Small', 'Medium', 'Large', 'Very large'] as const;
let made = 0;

/** Colour, size and filling of what is drawn next or of what is selected, and what else one does with a selection. */
@Component({
  selector: 'parley-board-look',
  imports: [LucideDynamicIcon, MatTooltip],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '[class.narrow]': 'narrow()',
    '[class.floating]': 'shown()',
    '[attr.role]': 'shown() ? "group" : undefined',
    '[attr.aria-label]': 'shown() ? title() : undefined',
  },
  templateUrl: './board-look.html',
  styleUrls: ['./controls.css', './board-look.css'],
})
export class BoardLook {
  readonly editor = input.required<BoardEditor>();

  /** Radio buttons of one group share a name that nothing else on the page has. */
  protected readonly group = `parley-board-look-${++made}`;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  private readonly selected = computed(() => this.editor().selected());
  protected readonly shown = computed(
    () => this.editor().canDraw() && (this.selected().length > 0 || drawing.includes(this.editor().tool())),
  );
  protected readonly hasSelection = computed(() => this.selected().length > 0);
  protected readonly title = computed(() => {
    const { length } = this.selected();
    if (length === 0) return 'Colour and size';
    return length === 1 ? '1 object selected' : `${length} objects selected`;
  });
  private readonly key = computed(() => this.editor().lookKey());
  /** What all that is selected has in common, else what the tool draws with. */
  private readonly look = computed<{ readonly [K in keyof Look]: Look[K] | undefined }>(() => {
    const shapes = this.selected();
    if (shapes.length === 0) return this.editor().lookFor(this.key());
    return {
      colour: common(shapes.map(({ colour }) => colour)),
      size: common(shapes.map(({ size }) => size)),
      filled: common(shapes.filter(isOutline).map(({ filled }) => filled)),
    };
  });

  protected readonly colours = computed(() =>
    colours.map((colour) => ({
      colour,
      name: nameOf(colour),
      shade: this.shade(colour),
      check: this.check(colour),
      chosen: this.look().colour === colour,
    })),
  );
  protected readonly sizes = computed(() => {
    const key = this.key();
    const isWords = key === 'text' || key === 'note';
    return sizesOf[key].map((size, at) => ({
      size,
      name: (isWords ? heights : widths)[at] ?? '',
      /** CSS pixels of the dot or the letter that stands for it. */
      shown: isWords ? 11 + at * 4 : 4 + at * 5,
      letter: isWords,
      chosen: this.look().size === size,
    }));
  });
  /** Undefined where there is nothing that could be filled. */
  protected readonly filled = computed(() => {
    const shapes = this.selected();
    const tool = this.editor().tool();
    const can = shapes.length > 0 ? shapes.some(isOutline) : tool === 'rectangle' || tool === 'ellipse';
    return can ? this.look().filled === true : undefined;
  });

  protected readonly orders = [
    { move: 'front', name: 'Bring to front', key: '', icon: boardIcons.bringToFront },
    { move: 'forward', name: 'Bring forward', key: ' (])', icon: boardIcons.arrowUp },
    { move: 'backward', name: 'Send backward', key: ' ([)', icon: boardIcons.arrowDown },
    { move: 'back', name: 'Send to back', key: '', icon: boardIcons.sendToBack },
  ] as const;
  protected readonly deeds = [
    { command: 'remove', name: 'Delete', key: ' (Delete)', icon: boardIcons.trash },
    { command: 'duplicate', name: 'Duplicate', key: ' (Ctrl+D)', icon: boardIcons.copyPlus },
    { command: 'copy', name: 'Copy', key: ' (Ctrl+C)', icon: boardIcons.copy },
  ] as const;
  protected readonly icons = boardIcons;

  protected set(change: Partial<Look>): void {
    this.editor().setLook(change);
  }

  private shade(colour: Colour): string {
    const of = shadeOf[this.key()];
    return this.onPaper(shades(colour, 'light')[of], shades(colour, 'dark')[of]);
  }

  /** What is seen on a swatch. */
  private check(colour: Colour): string {
    const of = shadeOf[this.key()];
    const isDeep = of === 'line' || (of === 'mark' && colour === 'ink');
    return this.onPaper(isDeep ? '#fff' : '#1b1b1f', of === 'fill' ? '#fff' : '#1b1b1f');
  }

  /** The paper of a document is light whatever the theme. */
  private onPaper(light: string, dark: string): string {
    return this.editor().page().kind === 'document' ? light : `light-dark(${light}, ${dark})`;
  }
}

/** `ink` is black on light paper and white on dark. */
function nameOf(colour: Colour): string {
  return colour === 'ink' ? 'Black' : colour.charAt(0).toUpperCase() + colour.slice(1);
}

function isOutline(shape: Shape): shape is Shape & { readonly filled: boolean } {
  return shape.kind === 'rectangle' || shape.kind === 'ellipse';
}

/** What all of them have; undefined where they differ. */
function common<T>(all: readonly T[]): T | undefined {
  const [first] = all;
  return all.every((each) => each === first) ? first : undefined;
}
