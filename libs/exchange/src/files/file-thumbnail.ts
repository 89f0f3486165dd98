import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import type { ExchangeFile } from '@parley/protocol';
import { fileIcons } from './file-icons';
import { Thumbnails } from './thumbnails';

/** A file, small: its icon, and its picture once it has come into view. Decoration, its name says what it is. */
@Component({
  selector: 'parley-file-thumbnail',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    <canvas #canvas width="1" height="1" [hidden]="!drawn()"></canvas>
    @if (!drawn()) {
      <svg [lucideIcon]="file().type === 'application/pdf' ? icons.fileText : icons.image" size="24"></svg>
    }
  `,
  styles: `
    :host {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: 56px;
      block-size: 56px;
      overflow: hidden;
      border-radius: 8px;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface-variant);
    }
    canvas {
      inline-size: 100%;
      block-size: 100%;
      min-block-size: 0;
      object-fit: contain;
    }
    canvas[hidden] {
      display: none;
    }
  `,
})
export class FileThumbnail {
  readonly file = input.required<ExchangeFile>();
  /** Where its bytes are. */
  readonly url = input.required<string>();

  private readonly thumbnails = inject(Thumbnails);
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');
  protected readonly icons = fileIcons;
  protected readonly drawn = signal(false);

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const stop = new AbortController();
    inject(DestroyRef).onDestroy(() => stop.abort());
    afterNextRender(() => {
      const observer = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        void this.draw(stop.signal);
      });
      observer.observe(host);
      stop.signal.addEventListener('abort', () => observer.disconnect());
    });
  }

  private async draw(signal: AbortSignal): Promise<void> {
    const picture = await this.thumbnails.of(this.file(), this.url(), signal);
    if (picture === undefined || signal.aborted) return;
    const canvas = this.canvas().nativeElement;
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    this.drawn.set(true);
  }
}
