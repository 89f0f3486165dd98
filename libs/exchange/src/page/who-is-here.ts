import { computed, linkedSignal, type Signal } from '@angular/core';
import type { Exchange } from '@parley/protocol';
import type { InjectedChannel } from '@parley/web-socket';
import { type Roster, roster } from '../people/roster';
import { findIn, type FindPerson, knownPeople, samePeople } from '../person/directory';
import { nameList } from '../person/name-list';
import type { Person } from '../person/person';
import type { TextPayloads } from '../text/text-topic';

/** Who takes part in an exchange, and who of them is here. */
export interface WhoIsHere {
  /** Who is here is known only while there is a connection; else it is who was here before. */
  readonly isStale: Signal<boolean>;
  readonly roster: Signal<Roster>;
  readonly present: Signal<readonly Person[]>;
  readonly others: Signal<readonly Person[]>;
  /** `Ann and Ben are here`. */
  readonly othersHere: Signal<string>;
  /** Everyone who was ever seen here: a message keeps its author's name when they are gone. */
  readonly person: Signal<FindPerson>;
}

export function whoIsHere(
  exchange: Signal<Exchange>,
  me: Signal<string>,
  text: InjectedChannel<TextPayloads>,
): WhoIsHere {
  const isStale = computed(() => ['idle', 'joining'].includes(text.state()));
  const here = computed(() => (text.state() === 'joined' || isStale() ? text.userList() : []));
  const known = computed(() => roster(exchange().people, here(), me()));
  const people = linkedSignal<readonly Person[], readonly Person[]>({
    source: () => knownPeople(exchange().people, text.userList()),
    computation: (now, previous) => knownPeople(previous?.value ?? [], now),
    equal: samePeople,
  });
  const others = computed(() => known().present.filter(({ me: own }) => !own));
  return {
    isStale,
    roster: known,
    present: computed(() => known().present),
    others,
    othersHere: computed(() => {
      const names = others().map(({ name }) => name);
      return `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} here`;
    }),
    person: computed(() => findIn(people())),
  };
}
