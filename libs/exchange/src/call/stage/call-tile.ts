import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { LucideHand, LucideMicOff, LucideMonitorUp, LucidePin, LucidePinOff, LucideRefreshCw } from '@lucide/angular';
import { Avatar } from '../../person/avatar';
import { MediaSource } from '../media-source';
import type { Tile } from '../tile';
import { linkTrouble } from '../trouble-words';
import { QualityButton } from './quality-button';

/** Someone in the call, or the screen that they share. */
@Component({
  selector: 'parley-call-tile',
  imports: [
    Avatar,
    LucideHand,
    LucideMicOff,
    LucideMonitorUp,
    LucidePin,
    LucidePinOff,
    LucideRefreshCw,
    MediaSource,
    QualityButton,
  ],
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
  readonly tile = input.required<Tile>();
  readonly speaking = input(false);
  readonly pinned = input(false);
  /** Whether there is anything beside it that it could be larger than. */
  readonly canPin = input(true);
  readonly pin = output();

  protected readonly trouble = computed(() => linkTrouble(this.tile().trouble, this.tile().person.name));
  protected readonly pinName = computed(() => (this.tile().label === 'You' ? 'yourself' : this.tile().label));
}
