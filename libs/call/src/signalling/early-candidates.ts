import type { SignalCandidate } from './signal';

/** Descriptions whose candidates may be waited with, and candidates of each: a peer cannot fill the memory. */
const FRAGMENTS = 8;
const CANDIDATES = 64;

/**
 * Candidates that came before the description that they belong to (trickle ICE, RFC 8838): by their username fragment,
 * which every ICE restart changes.
 */
export class EarlyCandidates {
  private readonly waiting = new Map<string, SignalCandidate[]>();

  keep(candidate: SignalCandidate): void {
    const fragment = candidate.usernameFragment ?? '';
    const list = this.waiting.get(fragment) ?? [];
    if (list.length >= CANDIDATES || list.some((known) => known.candidate === candidate.candidate)) return;
    list.push(candidate);
    this.waiting.set(fragment, list);
    const [oldest] = this.waiting.keys();
    if (this.waiting.size > FRAGMENTS && oldest !== undefined) this.waiting.delete(oldest);
  }

  /** Takes out those that belong to a description. */
  take(sdp: string): readonly SignalCandidate[] {
    const found = [...this.waiting].filter(([fragment]) => belongsTo(fragment, sdp));
    for (const [fragment] of found) this.waiting.delete(fragment);
    return found.flatMap(([, candidates]) => candidates);
  }
}

/** @param fragment a username fragment; an empty one belongs to any description: some browsers name none */
export function belongsTo(fragment: string, sdp: string): boolean {
  if (fragment === '') return true;
  return sdp.split(/\r?\n/).some((line) => line === `a=ice-ufrag:${fragment}`);
}
