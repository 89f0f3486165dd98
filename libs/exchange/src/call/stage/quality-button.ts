import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { CdkTrapFocus } from '@angular/cdk/a11y';
import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import type { LinkQuality } from '@parley/call';
import { qualityFacts, qualityWord } from '../trouble-words';

/** How good a connection is, in bars, and what is known of it for whoever wants to know. */
@Component({
  selector: 'parley-quality-button',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      #origin="cdkOverlayOrigin"
      cdkOverlayOrigin
      type="button"
      [attr.aria-label]="'Connection of ' + name()"
      [attr.aria-expanded]="open()"
      [title]="word()"
      [attr.data-bars]="quality()?.bars"
      (click)="open.set(!open())"
    >
      @for (bar of bars; track bar) {
        <i [class.on]="(quality()?.bars ?? 0) >= bar" [style.block-size.px]="2 + bar * 3"></i>
      }
    </button>
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="open()"
      [cdkConnectedOverlayHasBackdrop]="true"
      cdkConnectedOverlayBackdropClass="cdk-overlay-transparent-backdrop"
      (backdropClick)="open.set(false)"
      (detach)="open.set(false)"
    >
      <div
        class="facts"
        role="dialog"
        [attr.aria-label]="'Connection of ' + name()"
        cdkTrapFocus
        cdkTrapFocusAutoCapture
      >
        <h3 tabindex="-1" cdkFocusInitial>{{ word() }}</h3>
        @if (quality(); as known) {
          <dl>
            @for (fact of facts(known); track fact.name) {
              <div>
                <dt>{{ fact.name }}</dt>
                <dd>{{ fact.value }}</dd>
              </div>
            }
          </dl>
          @if (limit(known); as text) {
            <p>{{ text }}</p>
          }
        } @else {
          <p>It takes a few seconds to measure.</p>
        }
        <button type="button" (click)="open.set(false)">Close</button>
      </div>
    </ng-template>
  `,
  styleUrl: './quality-button.css',
})
export class QualityButton {
  readonly quality = input.required<LinkQuality | undefined>();
  readonly name = input.required<string>();

  protected readonly open = signal(false);
  protected readonly bars = [1, 2, 3, 4] as const;
  protected readonly word = computed(() => qualityWord(this.quality()));
  protected readonly facts = qualityFacts;

  protected limit({ limitedBy }: LinkQuality): string {
    if (limitedBy === 'cpu') return 'This computer is busy, so your picture is sent smaller.';
    return limitedBy === 'bandwidth' ? 'Your network is busy, so your picture is sent smaller.' : '';
  }
}
