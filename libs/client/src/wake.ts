import { Observable } from 'rxjs';

interface Page {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** The moments at which a browser's page should try again at once: the network is back, the tab came to the front (C2). */
export const pageWakes = new Observable<void>((observer) => {
  const { window, document } = globalThis as {
    window?: Page;
    document?: Page & { readonly visibilityState: string };
  };
  if (window === undefined || document === undefined) return undefined;
  const wake = () => observer.next();
  const show = () => {
    if (document.visibilityState === 'visible') observer.next();
  };
  window.addEventListener('online', wake);
  window.addEventListener('focus', wake);
  document.addEventListener('visibilitychange', show);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('focus', wake);
    document.removeEventListener('visibilitychange', show);
  };
});
