import type { Point } from '@parley/board';

/** CSS pixels across where it is now. */
const WIDTH = 6;

/** Where a laser has been: thin and faint where that was first, and a dot where it is. @param points device pixels, oldest first */
export function paintLaser(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  colour: string,
  ratio: number,
): void {
  const last = points.at(-1);
  if (last === undefined) return;
  context.save();
  context.lineCap = 'round';
  context.strokeStyle = colour;
  context.fillStyle = colour;
  let before = points[0] ?? last;
  for (const [at, point] of points.entries()) {
    const part = (at + 1) / points.length;
    context.globalAlpha = part;
    context.lineWidth = Math.max(1, WIDTH * part) * ratio;
    context.beginPath();
    context.moveTo(before.x, before.y);
    context.lineTo(point.x, point.y);
    context.stroke();
    before = point;
  }
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(last.x, last.y, WIDTH * 0.75 * ratio, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = '#fff';
  context.lineWidth = 1.5 * ratio;
  context.stroke();
  context.restore();
}
