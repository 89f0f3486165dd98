import * as z from 'zod';

/** RFC 9457 problem details (A5). `errors` names the field of each mistake, as a dotted path. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** For programs: stable, kebab-case. */
  code: z.string(),
  /** For people: what happened and what to do. */
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json';
