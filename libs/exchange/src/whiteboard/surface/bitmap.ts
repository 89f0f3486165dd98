/** A picture that is drawn on, in pixels. */
export interface Bitmap {
  readonly context: CanvasRenderingContext2D;
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  /** Draws now what was asked for so far: browsers put it off, and a clock would not see what it costs. */
  settle(): void;
  /** Gives its memory back. */
  release(): void;
}

export type MakeBitmap = (width: number, height: number) => Bitmap;

/** Of the browser. @throws Error if there is no 2D context */
export function canvasBitmap(width: number, height: number): Bitmap {
  const context = contextOf(width, height);
  const { canvas } = context;
  return {
    context,
    image: canvas,
    width,
    height,
    // Whoever reads a canvas gets it as it is by now; one pixel is enough.
    settle: () => reader().drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1),
    release: () => {
      // Some browsers keep the memory until the element is collected.
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}

let readsOne: CanvasRenderingContext2D | undefined;

function reader(): CanvasRenderingContext2D {
  readsOne ??= contextOf(1, 1);
  return readsOne;
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D context.');
  return context;
}
