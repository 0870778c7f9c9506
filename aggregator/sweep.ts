/** Bytes that may pass between two sweeps. */
const sweepBytes = 1024 * 1024;

/** Of the whole process, as what is swept is. */
let passed = 0;

/**
 * To be told of bytes that have passed through memory: each megabyte what is done with is given back. Buffers lie outside of the heap, and a small heap is
 * swept by the number of its objects, whatever the size of the buffers behind them. It does nothing where Node.js runs without --expose-gc.
 */
export function sweepAfter(bytes: number): void {
  passed += bytes;
  if (passed < sweepBytes) return;
  passed = 0;
  globalThis.gc?.({ type: "minor" });
}
