import { number } from '../stack/report';
import type { Figure, Unit } from './figures';
import type { Spread } from './spread';

/** A value for people, with its unit: `1.27 M`, `18.4 KiB`, `0.83 µs`. */
export function inUnit(value: number, unit: Unit): string {
  switch (unit) {
    case 'count':
      return count(value);
    case 'bytes':
      return value < 2 ** 20 ? `${digits(value / 2 ** 10)} KiB` : `${digits(value / 2 ** 20)} MiB`;
    case 'share':
      return `${number(value * 100)} %`;
    case 'microseconds':
      return `${digits(value)} µs`;
    case 'milliseconds':
      return `${digits(value)} ms`;
    case 'seconds':
      return `${digits(value)} s`;
  }
}

/** `1.27 M (1.2 M – 1.3 M)`; a figure that was not measured is a dash. */
export function spreadInUnit(spread: Spread | undefined, { unit }: Pick<Figure, 'unit'>): string {
  if (spread === undefined) return '–';
  const [median, min, max] = [spread.median, spread.min, spread.max].map((value) => inUnit(value, unit));
  return `${median ?? ''} (${min ?? ''} – ${max ?? ''})`;
}

/** `12.3 ×` */
export function times(value: number): string {
  return `${digits(value)} ×`;
}

function count(value: number): string {
  if (Math.abs(value) >= 999_500) return `${digits(value / 1e6)} M`;
  if (Math.abs(value) >= 9_995) return `${digits(value / 1e3)} k`;
  return digits(value);
}

/** Three that count, more only before the point. */
function digits(value: number): string {
  const size = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const fraction = Math.min(3, Math.max(0, 2 - size));
  return String(Number(value.toFixed(fraction))).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ',');
}
