import { z } from 'zod';

const figure = z.strictObject({
  key: z.string(),
  label: z.string(),
  unit: z.enum(['count', 'microseconds', 'milliseconds', 'seconds', 'bytes', 'share']),
  better: z.enum(['more', 'less']),
});

const requirement = z.strictObject({
  /** A figure's key. */
  figure: z.string(),
  /** Ours divided by that contender's, or by each other one's; left out: ours alone. */
  over: z.string().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});

const workload = z.strictObject({
  /** Part of file names and of the page's markers. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  /** Columns of the table, in this order. */
  figures: z.array(figure).min(1).readonly(),
  /** Keys of the figures that the chart shows; each gets bars of its own. */
  chart: z.array(z.string()).min(1).readonly(),
  mustHold: z.array(requirement).readonly(),
});

const spread = z.strictObject({ median: z.number(), min: z.number(), max: z.number() });

const contender = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** By key, over all repetitions. */
  figures: z.record(z.string(), spread),
});

/** Where, when and how it was measured. */
const circumstances = z.strictObject({
  command: z.string(),
  date: z.iso.date(),
  commit: z.string(),
  cpu: z.string(),
  cores: z.number(),
  kernel: z.string(),
  node: z.string(),
});

/** What `docs/performance/NAME.json` holds. */
export const comparison = z.strictObject({
  workload,
  repetitions: z.number(),
  /** Ours first. */
  contenders: z.array(contender).min(1).readonly(),
  leftOut: z.array(z.strictObject({ name: z.string(), why: z.string() })).readonly(),
  /** Whether server and generator had a core each, always; `null` where the workload does not say. */
  pinned: z.boolean().nullable(),
  circumstances,
});

/** A workload as tables, charts and judgements need to know it. */
export type Workload = z.infer<typeof workload>;
/** What must hold for ours, the medians of one run compared. */
export type Requirement = z.infer<typeof requirement>;
export type Compared = z.infer<typeof contender>;
export type Circumstances = z.infer<typeof circumstances>;
export type Comparison = z.infer<typeof comparison>;
