import { Konva } from 'konva/lib/Core';
import type { Layer } from 'konva/lib/Layer';
import type { Viewport } from '../camera';
import { type LayerName, layerNames } from './frames';

/** Draws a layer; its units are device pixels. */
export type PaintLayer = (context: CanvasRenderingContext2D) => void;

/** Canvases above each other, of the size of their element. */
export class SurfaceStage {
  readonly #stage: InstanceType<typeof Konva.Stage>;
  readonly #layers = new Map<LayerName, Layer>();
  /** Layers are drawn when they are added, before there is anything. */
  #isReady = false;

  constructor(container: HTMLDivElement, paints: Readonly<Record<LayerName, PaintLayer>>) {
    // What is drawn, and when, is ours to say; pointers are ours as well.
    Konva.autoDrawEnabled = false;
    this.#stage = new Konva.Stage({ container, width: 0, height: 0, listening: false });
    this.#stage.content.style.pointerEvents = 'none';
    for (const name of layerNames) {
      const layer = new Konva.Layer({ listening: false });
      const sceneFunc = ({ _context: context }: { readonly _context: CanvasRenderingContext2D }): void => {
        if (!this.#isReady) return;
        context.save();
        context.setTransform(1, 0, 0, 1, 0, 0);
        paints[name](context);
        context.restore();
      };
      layer.add(new Konva.Shape({ listening: false, perfectDrawEnabled: false, sceneFunc }));
      this.#stage.add(layer);
      layer.getNativeCanvasElement().dataset.layer = name;
      this.#layers.set(name, layer);
    }
    this.#isReady = true;
  }

  /** @param ratio device pixels in a CSS pixel. What was drawn is gone. */
  resize({ width, height }: Viewport, ratio: number): void {
    for (const layer of this.#layers.values()) layer.getCanvas().setPixelRatio(ratio);
    this.#stage.size({ width, height });
  }

  draw(names: ReadonlySet<LayerName>): void {
    for (const name of names) this.#layers.get(name)?.drawScene();
  }

  close(): void {
    this.#stage.destroy();
  }
}
