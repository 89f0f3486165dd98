import type { Size } from '../page-units';

/** @throws Error where the browser gives no canvas of that size */
export function canvasOf({ width, height }: Size): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no canvas of that size.');
  return [canvas, context];
}

/** @throws Error where the browser cannot */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return encoded(canvas, 'image/png');
}

/** @throws Error where the browser cannot */
export function jpegOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return encoded(canvas, 'image/jpeg');
}

function encoded(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null): void => {
      if (blob === null) reject(new Error('This browser cannot make a picture of that size.'));
      else resolve(blob);
    };
    canvas.toBlob(done, type, 0.92);
  });
}
