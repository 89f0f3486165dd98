/** What was asked of a fake context: `fill`, `rect 1 2 3 4`, `fillStyle=#fff`. */
export interface FakeContext {
  readonly context: CanvasRenderingContext2D;
  readonly calls: string[];
}

/** A context that draws nothing and writes down what it was asked. Each letter is ten wide. */
export function fakeContext(): FakeContext {
  const calls: string[] = [];
  const target = { measureText: (text: string) => ({ width: text.length * 10 }) };
  const context = new Proxy(target as unknown as CanvasRenderingContext2D, {
    get: (known, name) => {
      if (name in known) return Reflect.get(known, name) as unknown;
      return (...given: unknown[]) => {
        // As browsers do: https://html.spec.whatwg.org/multipage/canvas.html#dom-context-2d-ellipse
        if (name === 'ellipse' && given.slice(2, 4).some((radius) => Number(radius) < 0))
          throw new DOMException('A radius is negative.', 'IndexSizeError');
        calls.push([String(name), ...given.map(shown)].join(' '));
      };
    },
    set: (_known, name, value) => {
      calls.push(`${String(name)}=${String(value)}`);
      return true;
    },
  });
  return { context, calls };
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 100) / 100 + 0);
  return typeof value === 'string' ? value : value instanceof Path2D ? 'path' : 'thing';
}

class FakePath {
  moveTo(): void {
    FakePath.steps++;
  }
  quadraticCurveTo(): void {
    FakePath.steps++;
  }
  closePath(): void {
    FakePath.steps++;
  }
  static steps = 0;
}

/** Gives the tests a Path2D, which jsdom has not. */
export function installFakePath(): void {
  Object.assign(globalThis, { Path2D: FakePath });
}
