let trim: ((pad: number) => number) | undefined;

/**
 * Collects the garbage of this process now, which takes some tens of milliseconds; nothing where Node runs
 * without --expose-gc. Buffers are freed by another thread, a moment later.
 */
export const collectGarbage = (): void => {
  globalThis.gc?.();
};

/**
 * Gives back to the system what lies free in pieces in the heaps of malloc (malloc_trim(3)): by itself only
 * what is free at a heap's end is.
 *
 * @throws where the C library has no such function (musl)
 */
export async function trimMemory(): Promise<void> {
  if (trim === undefined) {
    // Only here: whoever takes no calls has nothing to give back.
    const { koffi } = await import('./native.js');
    trim = koffi.load(null).func('int malloc_trim(size_t pad)') as (pad: number) => number;
  }
  trim(0);
}
