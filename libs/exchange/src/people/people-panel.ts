import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Avatar } from '../person/avatar';
import type { RosterEntry, Roster } from './roster';

/** Who is here, and who else takes part. */
@Component({
  selector: 'parley-people-panel',
  imports: [Avatar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './people-panel.html',
  styleUrl: './people-panel.css',
})
export class PeoplePanel {
  readonly roster = input.required<Roster>();

  protected readonly groups = computed(() => {
    const { present, absent } = this.roster();
    // Whoever reads this is here: nobody here means that the server has not said yet who is.
    if (present.length === 0) return [{ title: 'Taking part', entries: absent }];
    return [
      { title: 'Here now', entries: present },
      { title: 'Not here', entries: absent },
    ].filter(({ entries }) => entries.length > 0);
  });

  /** What is worth saying of someone, beside the name. */
  protected about({ me, host, connections }: RosterEntry): string {
    const facts = [me ? 'You' : '', host ? 'Host' : '', connections > 1 ? `${connections} windows` : ''];
    return facts.filter((fact) => fact !== '').join(' · ');
  }
}
