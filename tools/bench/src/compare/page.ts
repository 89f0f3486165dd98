import type { Comparison } from './comparison';
import { comparisonMarkdown } from './markdown';

const block = /<!-- figures: ([a-z0-9-]+) -->[\s\S]*?<!-- \/figures -->/g;

/** What stands where there are no figures yet. */
const NONE = '_Not measured yet._';

/** The names of the comparisons that a page wants, in its order. */
export function wantedBy(page: string): string[] {
  return [...page.matchAll(block)].map(([, name]) => name ?? '');
}

/** The page with all of its figures written anew: everything between the markers is generated, all else by hand. */
export function pageWith(page: string, comparisons: ReadonlyMap<string, Comparison>): string {
  return page.replaceAll(block, (_, name: string) => {
    const comparison = comparisons.get(name);
    const figures = comparison === undefined ? NONE : comparisonMarkdown(comparison);
    return `<!-- figures: ${name} -->\n\n${figures}\n\n<!-- /figures -->`;
  });
}
