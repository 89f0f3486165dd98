/** The promise's value, or `otherwise` when it takes longer than `milliseconds`; a late failure is nobody's then. */
export async function within<T, O>(milliseconds: number, promise: Promise<T>, otherwise: O): Promise<T | O> {
  const late = Promise.withResolvers<O>();
  const timer = setTimeout(() => {
    late.resolve(otherwise);
  }, milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
