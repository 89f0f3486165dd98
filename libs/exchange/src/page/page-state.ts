import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** A page that has one thing to say, and the one thing that helps. Its look is the app's (`parley-state`). */
@Component({
  selector: 'parley-page-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="parley-state">
      @if (code() !== '') {
        <p class="parley-state-code" aria-hidden="true">{{ code() }}</p>
      }
      <h1>{{ heading() }}</h1>
      <p>{{ text() }}</p>
      <ng-content />
    </section>
  `,
})
export class PageState {
  readonly code = input('');
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
}
