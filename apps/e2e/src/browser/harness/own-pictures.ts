import type { BrowserContext } from '@playwright/test';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** Whose picture it is, as everyone can see. Keys are `USERID camera` and `USERID screen`. */
export type Colours = Readonly<Record<string, Colour>>;

/** Far from each other also after a video codec, which keeps little of colours. */
const palette: readonly { readonly camera: Colour; readonly screen: Colour }[] = [
  { camera: [205, 35, 35], screen: [225, 215, 40] },
  { camera: [35, 170, 45], screen: [215, 50, 215] },
  { camera: [45, 55, 220], screen: [40, 205, 215] },
];

/** For as many people as there are colours. */
export function coloursOf(userIds: readonly string[]): Colours {
  return Object.fromEntries(
    userIds.flatMap((userId, index) => {
      const own = palette[index];
      if (own === undefined) throw new Error(`There are ${palette.length} people at most.`);
      return [
        [`${userId} camera`, own.camera],
        [`${userId} screen`, own.screen],
      ];
    }),
  );
}

/**
 * Gives every page of this context a camera and a screen that show one colour, with a stripe that moves, so that no two
 * pictures after one another are the same. The microphone stays the browser's own fake one.
 */
export async function showOwnColour(context: BrowserContext, camera: Colour, screen: Colour): Promise<void> {
  await context.addInitScript(
    ([ofCamera, ofScreen]) => {
      // A page that is still empty has no devices.
      if (!isSecureContext) return;
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      const paint = ([red, green, blue]: Colour): MediaStream => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [320, 240];
        const brush = canvas.getContext('2d', { willReadFrequently: true });
        if (brush === null) throw new Error('There is no canvas.');
        let count = 0;
        const draw = (): void => {
          count += 1;
          brush.fillStyle = `rgb(${red}, ${green}, ${blue})`;
          brush.fillRect(0, 0, 320, 240);
          brush.fillStyle = 'white';
          brush.fillRect((count * 16) % 320, 216, 32, 24);
        };
        draw();
        const stream = canvas.captureStream(10);
        const timer = setInterval(() => {
          if (stream.getTracks().some(({ readyState }) => readyState === 'live')) draw();
          else clearInterval(timer);
        }, 100);
        return stream;
      };
      devices.getUserMedia = async (wanted = {}) => {
        if (wanted.video === undefined || wanted.video === false) return ask(wanted);
        const stream = paint(ofCamera);
        const cameras = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
        for (const track of stream.getVideoTracks()) {
          // The app remembers the device that a track comes from.
          const settings = { ...track.getSettings(), deviceId: cameras[0]?.deviceId ?? '' };
          track.getSettings = () => settings;
        }
        return stream;
      };
      devices.getDisplayMedia = () => Promise.resolve(paint(ofScreen));
    },
    [camera, screen] as const,
  );
}
