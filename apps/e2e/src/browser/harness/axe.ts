import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Every rule of axe, the best practices too; on failure, what to look at. */
export async function expectNoViolations(page: Page, { except = [] }: { except?: string[] } = {}): Promise<void> {
  // Colours that are on their way from one to another have no contrast to measure.
  // What turns for ever, like a mark of waiting, has its colour all the time.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(passing.map((animation) => animation.finished));
  });
  const { violations, passes } = await new AxeBuilder({ page }).disableRules(except).analyze();
  expect(passes.length).toBeGreaterThan(5);
  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => [target, failureSummary]),
    })),
  ).toEqual([]);
}
