/** Starts the worker that reads PDFs; it comes from our own server, like every script. */
export function startPdfWorker(): Worker {
  return new Worker(new URL('./pdf-worker', import.meta.url), { type: 'module' });
}
