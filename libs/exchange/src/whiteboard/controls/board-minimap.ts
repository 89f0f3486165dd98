import { ChangeDetectionStrategy, Component, computed, effect, ElementRef, input, viewChild } from '@angular/core';
import { type BoardPage, type Bounds, joinedBounds, type Point } from '@parley/board';
import { viewOf } from '../camera';
import type { BoardEditor } from '../editor/board-editor';
import { knownBounds } from '../editor/bring-into-view';
import { settled } from './settled';

/** CSS pixels. */
const WIDTH = 176;
const HEIGHT = 112;
const MARGIN = 6;
/** Milliseconds between two drawings. */
const PACE_MS = 120;

/** Where the minimap shows what: the place of the page at its top left, and how many CSS pixels a unit has. */
interface Fit extends Point {
  readonly scale: number;
}

/** All of the page in small, with a frame around what is seen. Decoration for who does not see it: there are other ways. */
@Component({
  selector: 'parley-board-minimap',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `<canvas
    #canvas
    (pointerdown)="grab($event)"
    (pointermove)="drag($event)"
    (pointerup)="drop()"
    (pointercancel)="drop()"
  ></canvas>`,
  styleUrl: './board-minimap.css',
})
export class BoardMinimap {
  readonly editor = input.required<BoardEditor>();

  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');
  private readonly seen = computed(() => viewOf(this.editor().camera(), this.editor().viewport()));
  private readonly picture = settled(
    () => ({ view: this.seen(), shapes: this.editor().shapes(), page: this.editor().page() }),
    PACE_MS,
  );
  private shownAs: Fit = { x: 0, y: 0, scale: 1 };
  private dragged = false;

  constructor() {
    effect(() => {
      const picture = this.picture();
      if (picture !== undefined) this.draw(picture.view, picture.page, picture.shapes.map(knownBounds));
    });
  }

  protected grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.dragged = true;
    this.canvas().nativeElement.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  protected drag({ offsetX, offsetY }: PointerEvent): void {
    if (!this.dragged) return;
    const { x, y, scale } = this.shownAs;
    const { width, height } = this.editor().viewport();
    const camera = this.editor().camera();
    this.editor().setCamera({
      scale: camera.scale,
      x: x + offsetX / scale - width / camera.scale / 2,
      y: y + offsetY / scale - height / camera.scale / 2,
    });
  }

  protected drop(): void {
    this.dragged = false;
  }

  private draw(view: Bounds, page: BoardPage, shapes: readonly Bounds[]): void {
    const canvas = this.canvas().nativeElement;
    const context = canvas.getContext('2d');
    if (context === null) return;
    const sharp = Math.max(1, globalThis.devicePixelRatio);
    if (canvas.width !== WIDTH * sharp) [canvas.width, canvas.height] = [WIDTH * sharp, HEIGHT * sharp];
    const sheet = sheetOf(page);
    // While the frame is dragged, the map stays below it.
    if (!this.dragged) this.shownAs = fitOf([view, ...sheet, ...shapes]);
    const fit = this.shownAs;
    // The theme's, whichever it is now.
    const style = getComputedStyle(canvas);
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.strokeStyle = style.color;
    for (const bounds of sheet) context.strokeRect(...placed(bounds, fit, 0));
    context.fillStyle = style.color;
    context.globalAlpha = 0.45;
    for (const bounds of shapes) context.fillRect(...placed(bounds, fit, 1.5));
    context.globalAlpha = 1;
    context.strokeStyle = style.accentColor;
    context.lineWidth = 2;
    context.strokeRect(...placed(view, fit, 4));
  }
}

function sheetOf({ kind, width, height }: BoardPage): Bounds[] {
  return kind === 'document' ? [{ minX: 0, minY: 0, maxX: width, maxY: height }] : [];
}

function fitOf(all: readonly Bounds[]): Fit {
  const { minX, minY, maxX, maxY } = joinedBounds(all) ?? { minX: 0, minY: 0, maxX: 1, maxY: 1 };
  const [across, down] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN];
  const scale = Math.min(across / Math.max(maxX - minX, 1), down / Math.max(maxY - minY, 1));
  return { scale, x: (minX + maxX) / 2 - WIDTH / scale / 2, y: (minY + maxY) / 2 - HEIGHT / scale / 2 };
}

/** @param least CSS pixels that it is wide and high at least */
function placed(bounds: Bounds, fit: Fit, least: number): [number, number, number, number] {
  return [
    (bounds.minX - fit.x) * fit.scale,
    (bounds.minY - fit.y) * fit.scale,
    Math.max(least, (bounds.maxX - bounds.minX) * fit.scale),
    Math.max(least, (bounds.maxY - bounds.minY) * fit.scale),
  ];
}
