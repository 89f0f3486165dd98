import type { Json } from '@parley/protocol';
import { PARTS_MAX, type UpdatePart } from '../actions';
import { bytesOf } from './base64';

/** A `board-update` as it was stored or heard. */
export type ReadUpdate = { readonly update: Uint8Array; readonly part?: UpdatePart } | 'compacted' | undefined;

/** @returns undefined for a payload that is no update: the server forwards payloads unread */
export function readUpdate(payload: Json | undefined): ReadUpdate {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  const { update, part, compacted } = payload as Readonly<Record<string, Json>>;
  if (compacted === true) return 'compacted';
  if (typeof update !== 'string') return undefined;
  const bytes = bytesOf(update);
  if (bytes === undefined) return undefined;
  if (part === undefined) return { update: bytes };
  return isPart(part) ? { update: bytes, part } : undefined;
}

function isPart(value: unknown): value is UpdatePart {
  if (typeof value !== 'object' || value === null) return false;
  const { of, index, count } = value as Partial<Record<keyof UpdatePart, unknown>>;
  return (
    typeof of === 'string' &&
    /^[A-Za-z0-9_-]{1,64}$/.test(of) &&
    Number.isInteger(index) &&
    Number.isInteger(count) &&
    Number(count) <= PARTS_MAX &&
    Number(index) >= 0 &&
    Number(index) < Number(count)
  );
}
