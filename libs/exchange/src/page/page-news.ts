import { computed, linkedSignal, type Signal } from '@angular/core';
import type { FindPerson } from '../person/directory';
import { nameList } from '../person/name-list';
import type { TextRoom } from '../text/text-room';
import type { InjectedStage } from './inject-stage';
import type { Panel } from './panels';

/** What has happened in the parts of the page that are not in view, in words; empty where nothing has. */
export function pageNews(
  room: Signal<TextRoom>,
  { layout, heard }: InjectedStage,
  person: Signal<FindPerson>,
): Signal<Partial<Readonly<Record<Panel, string>>>> {
  const unheard = linkedSignal<{ heard: number; chat: boolean }, { seen: number; news: boolean }>({
    source: () => ({ heard: room().heard()?.seq ?? 0, chat: layout.shown().has('chat') }),
    computation: ({ heard: latest, chat }, previous) => {
      const seen = chat ? latest : (previous?.value.seen ?? latest);
      return { seen, news: latest > seen };
    },
  });
  const drawing = computed(() => {
    if (layout.shown().has('board')) return '';
    const names = heard.drawing().map((userId) => person()(userId).name);
    if (names.length > 0) return `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} drawing`;
    return heard.news() ? 'new drawings' : '';
  });
  return computed(() => ({ chat: unheard().news ? 'new messages' : '', board: drawing() }));
}
