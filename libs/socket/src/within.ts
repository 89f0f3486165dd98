/** The promise's value, or `otherwise` when it takes longer than `milliseconds`; a late failure is nobody's then. */
export function within<T, O>(milliseconds: number, promise: Promise<T>, otherwise: O): Promise<T | O> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, otherwise);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the promise failed with
        reject(error);
      },
    );
  });
}
