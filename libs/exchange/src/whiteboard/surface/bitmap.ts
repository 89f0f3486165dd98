/** A picture that is drawn on, in pixels. */
export interface Bitmap {
  readonly context: CanvasRenderingContext2D;
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  /** Gives its memory back. */
  release(): void;
}

export type MakeBitmap = (width: number, height: number) => Bitmap;

/** Of the browser. @throws Error if there is no 2D context */
export function canvasBitmap(width: number, height: number): Bitmap {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D context.');
  return {
    context,
    image: canvas,
    width,
    height,
    release: () => {
      // Some browsers keep the memory until the element is collected.
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}
