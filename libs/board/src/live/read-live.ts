import * as z from 'zod';
import { colours } from '../scene/palette';
import { FAR, INK_POINTS_MAX } from '../scene/shape';
import type { LiveState } from './live-state';

const place = z.number().min(-FAR).max(FAR);
const id = z.string().min(1).max(64);
const size = z.number().min(1).max(400);
const colour = z.enum(colours);

const live: z.ZodType<LiveState> = z.object({
  page: id,
  cursor: z.tuple([place, place]).readonly().exactOptional(),
  ink: z
    .object({
      id,
      colour,
      size,
      highlight: z.boolean(),
      from: z.int().min(0).max(INK_POINTS_MAX),
      points: z.array(place).max(3_000),
    })
    .exactOptional(),
  drafts: z
    .array(
      z.object({
        id,
        box: z.tuple([place, place, place, place, place]).readonly(),
        made: z
          .object({ kind: z.enum(['rectangle', 'ellipse', 'line', 'arrow']), colour, size, filled: z.boolean() })
          .exactOptional(),
      }),
    )
    .max(200)
    .exactOptional(),
  laser: z.array(place).max(400).exactOptional(),
  view: z.object({ x: place, y: place, width: place, height: place }).exactOptional(),
});

/** @returns undefined for what is not: nobody checked it on the way */
export function readLive(payload: unknown): LiveState | undefined {
  return live.safeParse(payload).data;
}
