import { ChangeDetectionStrategy, Component } from '@angular/core';

/** The room's outline while it loads, so that nothing jumps when it is there. */
@Component({
  selector: 'parley-room-skeleton',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    <span class="parley-hidden">Loading the meeting</span>
    <div class="bar"><i class="title"></i><i class="pill"></i></div>
    <div class="stage">
      <i style="inline-size: 46%; block-size: 44px"></i>
      <i class="own" style="inline-size: 34%; block-size: 44px"></i>
      <i style="inline-size: 62%; block-size: 92px"></i>
      <i class="field"></i>
    </div>
  `,
  styles: `
    :host {
      position: fixed;
      inset: 0;
      z-index: 30;
      display: grid;
      grid-template-rows: var(--parley-bar-height) 1fr;
      background: var(--mat-sys-surface);
    }
    .bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding-inline: var(--parley-space-4);
      border-block-end: var(--parley-border);
    }
    i {
      display: block;
      border-radius: 16px;
      background: var(--mat-sys-surface-container-high);
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    .title {
      inline-size: min(40%, 260px);
      block-size: 24px;
    }
    .pill {
      inline-size: 96px;
      block-size: 24px;
    }
    .stage {
      display: flex;
      flex-direction: column;
      justify-content: flex-end;
      gap: var(--parley-space-4);
      inline-size: 100%;
      max-inline-size: 820px;
      margin-inline: auto;
      padding: var(--parley-space-4);
    }
    .own {
      align-self: flex-end;
    }
    .field {
      block-size: 48px;
      border-radius: 24px;
    }
    @keyframes breathe {
      to {
        opacity: 0.5;
      }
    }
  `,
})
export class RoomSkeleton {}
