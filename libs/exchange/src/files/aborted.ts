import { Observable } from 'rxjs';

/** Says once that a signal was given, at once where it was before. */
export function aborted(signal: AbortSignal): Observable<void> {
  return new Observable((subscriber) => {
    const end = (): void => {
      subscriber.next();
      subscriber.complete();
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    return () => signal.removeEventListener('abort', end);
  });
}

export function stopped(): DOMException {
  return new DOMException('It was stopped.', 'AbortError');
}

/** Whether something failed because somebody stopped it. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
