import { DestroyRef, inject, type Signal, signal } from '@angular/core';
import { MutedSpeech, Speaking } from '@parley/call';
import { Subject, interval } from 'rxjs';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

/** Milliseconds between two looks at the levels. */
const LOOK_MS = 120;

/** Levels now, 0 to 1. */
export interface Levels {
  readonly me: string;
  readonly own: number;
  readonly muted: boolean;
  readonly others: ReadonlyMap<string, () => number>;
}

/** Who speaks. */
export interface SpeakerWatch {
  /** userIds, oneself included unless muted. */
  readonly speaking: Signal<ReadonlySet<string>>;
  /** Who of the others spoke last; undefined before anyone did. */
  readonly latest: Signal<string | undefined>;
  /** Emits when one has been speaking while muted. */
  readonly mutedSpeech: Subject<void>;
}

/** Watches the levels for as long as the injector lives. Call it where one may inject. */
export function watchSpeakers(levels: () => Levels): SpeakerWatch {
  const speaking = signal<ReadonlySet<string>>(new Set());
  const latest = signal<string | undefined>(undefined);
  const mutedSpeech = new Subject<void>();
  const unheard = new MutedSpeech();
  const each = new Map<string, Speaking>();
  inject(DestroyRef).onDestroy(() => mutedSpeech.complete());
  interval(LOOK_MS)
    .pipe(takeUntilDestroyed())
    .subscribe(() => {
      const { me, own, muted, others } = levels();
      const now = performance.now();
      const heard = new Map<string, number>([[me, own]]);
      for (const [userId, level] of others) heard.set(userId, level());
      for (const userId of each.keys()) if (!heard.has(userId)) each.delete(userId);
      const speak = new Set<string>();
      for (const [userId, level] of heard) {
        const one = each.get(userId) ?? new Speaking();
        each.set(userId, one);
        if (one.next(level, now)) speak.add(userId);
      }
      if (unheard.next(speak.has(me), muted, now)) mutedSpeech.next();
      if (muted) speak.delete(me);
      if (!sameSet(speaking(), speak)) speaking.set(speak);
      const other = [...speak].find((userId) => userId !== me);
      const before = latest();
      // Whoever speaks goes on being shown while they do, whoever else joins in.
      if (other !== undefined && (before === undefined || !speak.has(before))) latest.set(other);
    });
  return { speaking: speaking.asReadonly(), latest: latest.asReadonly(), mutedSpeech };
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((entry) => other.has(entry));
}
