import { outputOf } from './nx.mjs';
import { seconds, tail } from './words.mjs';

it('shows what the failed tasks printed, and not the others', () => {
  const output = 'head\n> nx run a:lint\nfine\n\n> nx run b:lint\nbroken\n';
  expect(outputOf(output, 'lint', ['b'])).toBe('> nx run b:lint\nbroken\n');
  expect(outputOf(output, 'lint', ['c'])).toBe(output);
});

it('shortens and says times as people do', () => {
  expect(tail('a\nb\nc\n', 2)).toBe('b\nc');
  expect(seconds(1_540)).toBe('1.5 s');
  expect(seconds(89_000)).toBe('1 min 29 s');
});
