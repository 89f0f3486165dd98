import { afterNextRender, ChangeDetectionStrategy, Component, type ElementRef, input, viewChild } from '@angular/core';

/**
 * A page that has one thing to say, and the one thing that helps. Its look is the app's (`parley-state`). It takes the
 * focus: it often comes in the place of something that had it, and is read out that way.
 */
@Component({
  selector: 'parley-page-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="parley-state">
      @if (code() !== '') {
        <p class="parley-state-code" aria-hidden="true">{{ code() }}</p>
      }
      <h1 #title tabindex="-1">{{ heading() }}</h1>
      <p>{{ text() }}</p>
      <ng-content />
    </section>
  `,
})
export class PageState {
  readonly code = input('');
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  constructor() {
    afterNextRender(() => this.title().nativeElement.focus({ preventScroll: true }));
  }
}
