import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { LucideDynamicIcon } from '@lucide/angular';
import { browserStorage, Remembered } from '../../call/remembered';
import { SCALE_MAX, SCALE_MIN } from '../camera';
import type { BoardEditor } from '../editor/board-editor';
import { boardIcons } from './board-icons';
import { BoardMinimap } from './board-minimap';
import { isNarrow } from './board-room';

const STEP = 1.25;

/** How large the board is seen, and a map of it. */
@Component({
  selector: 'parley-board-zoom',
  imports: [BoardMinimap, LucideDynamicIcon, MatMenu, MatMenuItem, MatMenuTrigger, MatTooltip],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', 'aria-label': 'Zoom', class: 'floating', '[class.narrow]': 'narrow()' },
  templateUrl: './board-zoom.html',
  styleUrls: ['./controls.css', './board-zoom.css'],
})
export class BoardZoom {
  readonly editor = input.required<BoardEditor>();

  private readonly remembered = new Remembered('board-map', browserStorage(), true);
  protected readonly icons = boardIcons;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly map = signal(this.remembered.read());
  /** One does not get lost on a sheet, and a map would only lie over it. */
  protected readonly isEndless = computed(() => this.editor().page().kind === 'board');
  protected readonly percent = computed(() => Math.round(this.editor().camera().scale * 100));
  protected readonly canEnlarge = computed(() => this.editor().camera().scale < SCALE_MAX);
  protected readonly canShrink = computed(() => this.editor().camera().scale > SCALE_MIN);

  protected zoom(by: 1 | -1): void {
    this.editor().zoom(by === 1 ? STEP : 1 / STEP);
  }

  protected plain(): void {
    this.editor().zoom(1 / this.editor().camera().scale);
  }

  protected toggleMap(): void {
    this.map.update((shown) => !shown);
    this.remembered.write(this.map());
  }
}
