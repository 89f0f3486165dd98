import type { CaptureKind, CaptureState, LinkQuality, MediaTrouble } from '@parley/call';

/** What a device that does not work means, and what helps. */
export interface DeviceTrouble {
  readonly text: string;
  /** Whether trying again can help now. */
  readonly retry: boolean;
}

const effects = { microphone: 'the others cannot hear you', camera: 'the others cannot see you' } as const;

/** One sentence with the cause and the effect, one with what to do. @returns undefined for a device without trouble */
export function deviceTrouble(kind: CaptureKind, { status, detail }: CaptureState): DeviceTrouble | undefined {
  const effect = effects[kind];
  switch (status) {
    case 'idle':
    case 'asking':
    case 'on':
      return undefined;
    case 'denied':
      return {
        text: `Your browser does not let Parley use the ${kind}, so ${effect}. Allow it beside the page’s address.`,
        retry: true,
      };
    case 'missing':
      return kind === 'camera'
        ? { text: 'No camera? Fine. The others see your initials.', retry: true }
        : {
            text: 'No microphone was found, so the others cannot hear you. You can join, listen and write.',
            retry: true,
          };
    case 'busy':
      return { text: `Another program uses the ${kind}, so ${effect}. Close it there.`, retry: true };
    case 'unplugged':
      return { text: `The ${kind} was unplugged, so ${effect}. Plug it in again, or choose another.`, retry: true };
    case 'failed':
      return {
        text: `The ${kind} does not start${detail === undefined ? '' : ` (${detail})`}, so ${effect}.`,
        retry: true,
      };
  }
}

/** Why nothing comes from someone, and what becomes of it. */
export function linkTrouble(trouble: MediaTrouble | undefined, name: string): string {
  switch (trouble) {
    case 'relay-refused':
      return `The relay refused us, so there is no way to ${name}. Trying again.`;
    case 'relay-unreachable':
      return `The relay does not answer, so there is no way to ${name}. Trying again.`;
    case 'no-path':
      return `Your networks let nothing through to ${name}. Trying again.`;
    case undefined:
      return `There is no connection to ${name}. Trying again.`;
  }
}

const bars = ['Nothing arrives', 'Bad', 'Poor', 'Fair', 'Good'] as const;

/** The bars in a word. */
export function qualityWord(quality: LinkQuality | undefined): string {
  return quality === undefined ? 'Not measured yet' : bars[quality.bars];
}

/** What is known of a connection, for reading. */
export function qualityFacts(quality: LinkQuality): readonly { readonly name: string; readonly value: string }[] {
  const paths = { direct: 'Direct', relay: 'Through the relay' } as const;
  return [
    { name: 'There and back', value: quality.rttMs === undefined ? 'Not known' : `${Math.round(quality.rttMs)} ms` },
    { name: 'Lost on the way', value: `${quality.lossPercent.toFixed(1)} %` },
    { name: 'Comes in', value: `${Math.round(quality.inKbps)} kbit/s` },
    { name: 'Goes out', value: `${Math.round(quality.outKbps)} kbit/s` },
    { name: 'Path', value: quality.path === undefined ? 'Not known' : paths[quality.path] },
    { name: 'Protocol', value: quality.protocol === undefined ? 'Not known' : quality.protocol.toUpperCase() },
  ];
}
