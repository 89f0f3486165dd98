import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import * as client from './index';
import * as testing from './testing';

const workspace = join(__dirname, '../../..');
const blocks = [...readFileSync(join(workspace, 'docs/client.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code = '']) => code,
);

/** What the compiler says about each piece of code, as if it were a file of this library. */
function mistakes(pieces: readonly string[]): string[][] {
  const files = new Map(pieces.map((code, index) => [join(__dirname, `docs-example-${index}.ts`), code]));
  const { config } = ts.readConfigFile(join(workspace, 'tsconfig.base.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [...files.keys()] }, ts.sys, workspace);
  const settings = { ...options, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const code = files.get(name);
    return code === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, code, target);
  };
  const program = ts.createProgram([...files.keys()], settings, host);
  return [...files.keys()].map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

/** Runs it as a page would, and gives what it logs. */
function run(code: string): { logged: string[]; done: Promise<void> } {
  const logged: string[] = [];
  const names: Record<string, unknown> = { '@parley/client': client, '@parley/client/testing': testing };
  const scope = {
    exports: {},
    require: (name: string) => names[name],
    console: { log: (text: string) => logged.push(text) },
    sessionStorage: new testing.MemoryStorage(),
  };
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  // The code is this repository's own documentation.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const body = new Function(...Object.keys(scope), `return (async () => { ${outputText} })();`) as (
    ...values: unknown[]
  ) => Promise<void>;
  return { logged, done: body(...Object.values(scope)) };
}

describe('docs/client.md', () => {
  afterEach(() => jest.restoreAllMocks());

  it('has examples that compile', () => {
    expect(blocks).toHaveLength(3);
    const wrong = `${blocks[0] ?? ''} await channel.storeMessage('message', { text: 1 });`;
    expect(mistakes([...blocks, wrong])).toEqual([[], [], [], [expect.stringContaining('number')]]);
  }, 60_000);

  /** The page's own fetch, WebSocket and timers; the examples know none of the fakes. */
  function inPage(userId: string): testing.FakeClock {
    const clock = new testing.FakeClock();
    const server = new testing.FakeServer({ clock });
    const { ticket, webSocket } = server.optionsFor({ userId, name: 'Ann' });
    function open(url: string): client.WebSocketLike {
      return webSocket(url);
    }
    jest.spyOn(globalThis, 'WebSocket', 'get').mockReturnValue(open as unknown as typeof WebSocket);
    jest.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(await ticket(undefined)));
    jest.spyOn(client.systemClock, 'after').mockImplementation(clock.after.bind(clock));
    return clock;
  }

  it('has a first example that does what it says', async () => {
    const clock = inPage('ann');
    const { logged, done } = run(blocks[0] ?? '');
    await clock.advance(1_000);
    await done;
    expect(logged).toEqual(['here: Ann', 'ann: Hello, café 👩‍👩‍👧 日本語', 'number 1 of 1, all there is']);
  });

  it('has an example of a queue that outlives the page', async () => {
    const clock = inPage('u-17');
    const { logged, done } = run(blocks[1] ?? '');
    await clock.advance(1_000);
    await done;
    expect(logged).toEqual(['m1, café 👩‍👩‍👧 日本語: waits']);
  });

  it('has a test of a page that runs', async () => {
    const { logged, done } = run(blocks[2] ?? '');
    await done;
    expect(logged).toEqual(['subscribe', 'subscribe']);
  });
});
