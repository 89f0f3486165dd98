/** A promise with its ends apart. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A promise to be settled elsewhere. Leaving it alone is allowed: sending without looking at the outcome is normal use,
 * and must not end a Node process. Whoever does look sees a rejection as ever.
 */
export function deferred<T>(): Deferred<T> {
  // Promise.withResolvers would do, but pages are compiled for browsers that do not have it.
  let resolve!: Deferred<T>['resolve'];
  let reject!: Deferred<T>['reject'];
  const promise = new Promise<T>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise: unobserved(promise), resolve, reject };
}

/** The same promise; its rejection does not count as unhandled when nobody looks. */
export function unobserved<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
