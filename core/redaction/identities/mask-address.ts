type Digest = (text: string) => Buffer;

/** Ranges whose addresses say where they are from; each keeps a range of its own in 240.0.0.0/4, which nobody uses, and no two of its addresses become one. */
const ranges = [
  { first: 0x0a000000, bits: 24, token: 0xf1000000 },
  { first: 0xac100000, bits: 20, token: 0xf2000000 },
  { first: 0xc0a80000, bits: 16, token: 0xf3000000 },
  { first: 0x64400000, bits: 22, token: 0xf4000000 },
] as const;

/**
 * An IPv4 address, perhaps with the length of its network (10.1.0.0/16), in place of another one: of the token range of its kind, private or public, and
 * the same for the same address. Addresses of one network become such of one network, so that ranges still hold what they held.
 */
export function maskIpv4(address: string, digest: Digest): string {
  const [plain = "", length] = address.split("/");
  const number = parseIpv4(plain);
  const { bits, token, salt } = tokenRange(number, digest);
  const masked = token + permute(number & (2 ** bits - 1), bits, (text) => digest(`${salt}${text}`));
  if (length === undefined) return renderIpv4(masked);
  // A network's address ends with zeros and must go on doing so.
  const hostBits = 2 ** (32 - Math.min(32, Number(length))) - 1;
  return `${renderIpv4((number & hostBits) === 0 ? masked - (masked % (hostBits + 1)) : masked)}/${length}`;
}

type TokenRange = { readonly bits: number; readonly token: number; readonly salt: string };

/** Public addresses are more than the tokens: all that begin with one number share one of ten ranges. */
function tokenRange(number: number, digest: Digest): TokenRange {
  const range = ranges.find(({ first, bits }) => (number ^ first) >>> bits === 0);
  if (range !== undefined) return { ...range, salt: "" };
  const first = number >>> 24;
  return { bits: 24, token: 0xf5000000 + (digest(`public/${first}`).readUInt8() % 10) * 0x1000000, salt: `${first}/` };
}

/** An IPv6 address, perhaps with the length of its network, of the range that is kept for documentation; what two have in common in front, up to each colon from the third on, their tokens have too. */
export function maskIpv6(address: string, digest: Digest): string {
  const [plain = "", length] = address.split("/");
  const groups = expand(plain);
  const masked = [2, 3, 4, 5, 6, 7].map((at) => digest(`v6/${groups.slice(0, at + 1).join(":")}`).readUInt16BE());
  if (length === undefined) return `2001:db8:${masked.map((group) => group.toString(16)).join(":")}`;
  const kept = masked.map((group, at) => group & (0xffff << Math.min(16, Math.max(0, 48 + 16 * at - Number(length)))) & 0xffff);
  const text = kept.map((group) => group.toString(16)).join(":");
  return `2001:db8:${text.replace(/(?:(?:^|:)0)+$/, "::").replace(/^:(?=:)/, "")}/${Math.max(32, Number(length))}`.replace(":::", "::");
}

/** The eight groups without the short form. */
function expand(address: string): readonly string[] {
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const [front, back] = [head, tail].map((half) => half.split(":").filter((group) => group !== "")) as [string[], string[]];
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return [...front, ...(address.includes("::") ? zeros : []), ...back].map((group) => group.replace(/^0+(?=.)/, ""));
}

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

/** Each bit turned or not by what stands in front of it, eight bits by one digest: a permutation in which equal beginnings stay equal. */
function permute(number: number, bits: number, digest: Digest): number {
  let [result, left] = [0, bits];
  while (left > 0) {
    const width = left % 8 === 0 ? 8 : left % 8;
    left -= width;
    const flips = digest(`${bits}/${left}/${number >>> (left + width)}`);
    const part = (number >>> left) & (2 ** width - 1);
    let masked = 0;
    for (let step = width - 1; step >= 0; step--) {
      const node = 2 ** (width - 1 - step) + (part >>> (step + 1));
      const flip = ((flips[node >>> 3] ?? 0) >>> (node & 7)) & 1;
      masked = masked * 2 + (((part >>> step) & 1) ^ flip);
    }
    result = result * 2 ** width + masked;
  }
  return result;
}
