import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import { panelIcons } from './panel-icons';
import type { Panel } from './panels';

/**
 * Which part of the page is in view: on a narrow page one of all, on a wide one what is beside the stage. `news` marks the
 * parts in which something has happened that was not seen.
 */
@Component({
  selector: 'parley-panel-tabs',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav [attr.aria-label]="label()">
      @for (panel of panels(); track panel) {
        <button
          type="button"
          [attr.aria-current]="shown().has(panel)"
          (pointerenter)="aimed.emit(panel)"
          (focus)="aimed.emit(panel)"
          (click)="chosen.emit(panel)"
        >
          <svg [lucideIcon]="icons[panel]" size="18" aria-hidden="true"></svg>
          {{ names[panel] }}
          @if (panel === 'people' && here() !== undefined) {
            <span class="count">{{ here() }}</span>
          }
          @if (news()[panel]; as text) {
            <span class="news"
              ><span class="parley-hidden">{{ text }}</span></span
            >
          }
        </button>
      }
    </nav>
  `,
  styleUrl: './panel-tabs.css',
  host: { '[class.pill]': 'pill()' },
})
export class PanelTabs {
  readonly label = input.required<string>();
  readonly panels = input.required<readonly Panel[]>();
  readonly shown = input.required<ReadonlySet<Panel>>();
  /** How many are here; undefined while that is not known. */
  readonly here = input<number>();
  /** What has happened in a part that is not in view, for who cannot see the dot. */
  readonly news = input<Partial<Readonly<Record<Panel, string>>>>({});
  /** Looks like one switch instead of a row of tabs. */
  readonly pill = input(false);
  readonly chosen = output<Panel>();
  /** Somebody is at it, and may choose it next. A finger is only with its press. */
  readonly aimed = output<Panel>();

  protected readonly icons = panelIcons;
  protected readonly names = { call: 'Call', board: 'Board', chat: 'Chat', people: 'People', files: 'Files' };
}
