import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { LucideUserMinus } from '@lucide/angular';
import { Avatar } from '../person/avatar';
import type { Person } from '../person/person';
import type { RosterEntry, Roster } from './roster';

/** Who is here, and who else takes part. */
@Component({
  selector: 'parley-people-panel',
  imports: [Avatar, LucideUserMinus, MatIconButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './people-panel.html',
  styleUrl: './people-panel.css',
})
export class PeoplePanel {
  readonly roster = input.required<Roster>();
  /** Whether who is here is not known now: `roster` then says who was, before the connection was lost. */
  readonly stale = input(false);
  /** Whether the reader may take others out. */
  readonly canRemove = input(false);
  /** Who has a hand up, the first one first. */
  readonly hands = input<readonly Person[]>([]);
  /** userIds of those in the call. */
  readonly inCall = input<ReadonlySet<string>>(new Set());
  readonly remove = output<RosterEntry>();

  protected readonly groups = computed(() => {
    const { present, absent } = this.roster();
    // Whoever reads this is here: nobody here means that the server has not said yet who is.
    if (present.length === 0) return [{ title: 'Taking part', entries: absent }];
    const stale = this.stale();
    return [
      { title: stale ? 'Here before' : 'Here now', entries: present },
      { title: stale ? 'Not here before' : 'Not here', entries: absent },
    ].filter(({ entries }) => entries.length > 0);
  });

  /** What is worth saying of someone, beside the name. */
  protected about({ userId, me, host, connections }: RosterEntry): string {
    const facts = [
      me ? 'You' : '',
      host ? 'Host' : '',
      this.inCall().has(userId) ? 'In the call' : '',
      connections > 1 ? `${connections} windows` : '',
    ];
    return facts.filter((fact) => fact !== '').join(' · ');
  }
}
