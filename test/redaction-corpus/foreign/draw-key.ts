import type { Random } from "../../faults/random/random.ts";

/** Draws the text of a key, certificate or keystore: base64 in lines of 64 letters that begins as its kind does, so that a reader can tell it. */
export function drawKey(random: Random, kind: string): string {
  const [start, size] = kinds[kind] ?? [];
  if (start === undefined || size === undefined) throw new Error(`there is no kind of key ${kind}`);
  return Buffer.concat([Buffer.from(start, "hex"), drawBytes(random, size)])
    .toString("base64")
    .replaceAll(/.{64}(?=.)/g, "$&\n");
}

/** Draws that many bytes. */
export const drawBytes = (random: Random, count: number): Buffer => Buffer.from(Array.from({ length: count }, () => random.below(256)));

/** The first bytes, in hexadecimal digits, and how many follow. */
const kinds: Readonly<Record<string, readonly [start: string, size: number]>> = {
  rsa: ["308204a40201000282010100", 1180],
  pkcs8: ["308204be020100300d06092a864886f70d0101010500048204a8308204a40201000282010100", 1190],
  ec: ["30770201010420", 118],
  enc: ["30820549305306092a864886f70d01050d304606", 1350],
  openssh: [
    Buffer.from("openssh-key-v1\0\0\0\0\u0004none\0\0\0\u0004none\0\0\0\0\0\0\0\u0001\0\0\0\u0033\0\0\0\u000bssh-ed25519\0\0\0 ", "latin1").toString("hex"),
    210,
  ],
  dsa: ["308201bb02010002818100", 440],
  p12: ["30820a7702010330820a2d06092a864886f70d010701a0820a1e04820a1a30820a16", 2600],
  jks: ["feedfeed0000000200000001", 2000],
  pgp: ["9505860461", 900],
  cert: ["308203a53082028da003020102021414", 900],
  csr: ["308202d9308201c1020100306f310b30090603550406", 700],
  pub: ["30820122300d06092a864886f70d01010105000382010f003082010a0282010100", 266],
  dh: ["308201080282010100", 256],
};
