import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { LucideDynamicIcon, LucideRefreshCw } from '@lucide/angular';
import { Avatar } from '../../person/avatar';
import { MediaSource } from '../media-source';
import type { Tile } from '../tile';
import { linkTrouble } from '../trouble-words';
import { QualityButton } from './quality-button';
import { callIcons } from '../call-icons';

/** Someone in the call, or the screen that they share. */
@Component({
  selector: 'parley-call-tile',
  imports: [LucideDynamicIcon, Avatar, LucideRefreshCw, MediaSource, QualityButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    role: 'group',
    '[attr.aria-label]': 'tile().label',
    '[attr.data-user]': 'tile().userId',
    '[attr.data-role]': 'tile().role',
    '[attr.data-state]': 'tile().state',
    '[attr.data-speaking]': 'speaking()',
  },
  templateUrl: './call-tile.html',
  styleUrl: './call-tile.css',
})
export class CallTile {
  protected readonly icons = callIcons;
  readonly tile = input.required<Tile>();
  readonly speaking = input(false);
  readonly pinned = input(false);
  /** Whether there is anything beside it that it could be larger than. */
  readonly canPin = input(true);
  readonly pin = output();

  protected readonly trouble = computed(() => linkTrouble(this.tile().trouble, this.tile().person.name));
  protected readonly pinName = computed(() => (this.tile().label === 'You' ? 'yourself' : this.tile().label));
}
