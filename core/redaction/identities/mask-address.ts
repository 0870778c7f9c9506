type Digest = (text: string) => Buffer;

/** Ranges whose addresses say where they are from; each keeps a range of its own in 240.0.0.0/4, which nobody uses, and no two of its addresses become one. */
const ranges = [
  { name: "10", first: 0x0a000000, bits: 24, token: 0xf1000000 },
  { name: "172.16", first: 0xac100000, bits: 20, token: 0xf2000000 },
  { name: "192.168", first: 0xc0a80000, bits: 16, token: 0xf3000000 },
  { name: "100.64", first: 0x64400000, bits: 22, token: 0xf4000000 },
] as const;

/** An IPv4 address in place of another one: of the token range of its kind, private or public, and the same for the same address. */
export function maskIpv4(address: string, digest: Digest): string {
  const number = parseIpv4(address);
  const range = ranges.find(({ first, bits }) => (number ^ first) >>> bits === 0);
  // Public addresses are not told apart by a permutation: there are more of them than of tokens.
  return renderIpv4(range === undefined ? 0xf5000000 + (digest(address).readUInt32BE() % 0x0a000000) : range.token + permute(number, range.bits, digest));
}

/** An IPv6 address of the range that is kept for documentation. */
export const maskIpv6 = (digest: Buffer): string => `2001:db8:${[0, 2, 4, 6, 8, 10].map((at) => digest.readUInt16BE(at).toString(16)).join(":")}`;

/** The address as a number without sign. */
export function parseIpv4(address: string): number {
  let [number, part] = [0, 0];
  for (let at = 0; at <= address.length; at++) {
    const code = at < address.length ? address.charCodeAt(at) : dot;
    if (code === dot) [number, part] = [((number << 8) | part) >>> 0, 0];
    else part = part * 10 + code - 48;
  }
  return number;
}

const dot = 46;

const renderIpv4 = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");

/** The address's last bits in another order (a Feistel network of six rounds), so that each has one image. */
function permute(number: number, bits: number, digest: Digest): number {
  const half = bits / 2;
  const mask = (1 << half) - 1;
  let [left, right] = [(number >>> half) & mask, number & mask];
  for (let round = 0; round < 6; round++) [left, right] = [right, left ^ (digest(`${bits}/${round}/${right}`).readUInt16BE() & mask)];
  return (left << half) | right;
}
