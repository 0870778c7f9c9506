/** Gives out buffers of the wanted sizes, small ones as parts of a larger one: each buffer of its own costs more than what an object takes to be copied. */
export function createRoom(): (size: number) => Buffer {
  let free = Buffer.alloc(0);
  return (size) => {
    if (size > shareBytes / 4) return Buffer.allocUnsafeSlow(size);
    if (size > free.length) free = Buffer.allocUnsafeSlow(shareBytes);
    const part = free.subarray(0, size);
    free = free.subarray(size);
    return part;
  };
}

const shareBytes = 256 * 1024;
