/** What is known of some bytes without having them: how many they are, and their CRC-32. */
export type Checked = { readonly size: number; readonly crc32: number };

/** The same of two runs of bytes, one behind the other (zlib's crc32_combine: multiplication of polynomials modulo CRC-32's). */
export const combineCrc = (first: Checked, second: Checked): Checked => ({
  size: first.size + second.size,
  crc32: (multiply(powerOfX(second.size * 8), first.crc32) ^ second.crc32) >>> 0,
});

/** Bits stand in reverse: the highest is x to the power of 0. */
const one = 0x80000000;
const polynomial = 0xedb88320;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = one, shifted = b; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= shifted;
    shifted = (shifted & 1) === 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}

function powerOfX(exponent: number): number {
  let power = one;
  // Beyond 32 bits, which numbers of bytes are, there are no bit operations.
  for (let [left, square] = [exponent, one >>> 1]; left > 0; left = Math.floor(left / 2), square = multiply(square, square))
    if (left % 2 === 1) power = multiply(square, power);
  return power;
}
