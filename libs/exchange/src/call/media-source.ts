import { DestroyRef, Directive, effect, ElementRef, inject, input, output } from '@angular/core';

/**
 * Plays one track in a `<video>` or `<audio>`. The element gets a new source only when the track itself is another one,
 * so that whatever else changes around it, no tile goes black.
 */
@Directive({ selector: 'video[parleyMedia], audio[parleyMedia]', host: { '(pause)': 'play()' } })
export class MediaSource {
  readonly track = input.required<MediaStreamTrack | undefined>({ alias: 'parleyMedia' });
  /** The speaker's device id; undefined for the browser's default. */
  readonly speaker = input<string>();
  /** The browser plays nothing that can be heard before somebody touches the page. */
  readonly blocked = output();

  private readonly element = inject<ElementRef<HTMLMediaElement>>(ElementRef).nativeElement;
  private shown: MediaStreamTrack | undefined;

  constructor() {
    effect(() => {
      const track = this.track();
      if (track === this.shown) return;
      this.shown = track;
      this.element.srcObject = track === undefined ? null : new MediaStream([track]);
      this.play();
    });
    effect(() => this.useSpeaker(this.speaker()));
    inject(DestroyRef).onDestroy(() => {
      // Out of the page it would go on sounding until it is collected.
      this.shown = undefined;
      this.element.srcObject = null;
    });
  }

  /** Again after the browser has paused it: because the element was moved, or a window beside the page was closed. */
  play(): void {
    if (this.shown === undefined || !this.element.isConnected) return;
    this.element.play().catch((error: unknown) => {
      // Anything else is a source that was exchanged before it began.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.blocked.emit();
    });
  }

  private useSpeaker(id: string | undefined): void {
    if (typeof this.element.setSinkId !== 'function') return;
    this.element.setSinkId(id ?? '').catch(() => {
      // That speaker is gone: the browser goes on with its own choice, and the menu shows what there is.
    });
  }
}
