import { createHmac } from "node:crypto";
import { maskIpv4, maskIpv6 } from "./mask-address.ts";

/** `standard`: addresses, cloud accounts and internal host names. `high`: namespaces, user names, registries and other host names too. */
export type Privacy = "standard" | "high";

export type IdentityKind = "ipv4" | "ipv6" | "mac" | "mail" | "host" | "account" | "user" | "namespace" | "project" | "uuid";

/** Gives the same token for the same name wherever it stands, so that what belongs together stays so; without the key nobody can tell whose it is. */
export type Identities = {
  readonly privacy: Privacy;
  readonly tokenOf: (kind: IdentityKind, name: string) => string;
  /** Whether any token was given out: without one nobody needs the key. */
  readonly isUsed: () => boolean;
};

/** Tokens are of the form that the name has: an address stays an address, a host name a DNS label, a UUID a UUID. `key` is thirty-two random bytes and never goes with what was redacted. */
export function createIdentities(privacy: Privacy, key: Uint8Array): Identities {
  const digest = (kind: IdentityKind, name: string): Buffer => createHmac("sha256", key).update(`${kind}\0${name}`).digest();
  const tokens = new Map<IdentityKind, Map<string, string>>();
  // The same few thousand parts of addresses come again and again.
  const parts = new Map<string, Buffer>();
  const digestOfPart = (text: string): Buffer => {
    const known = parts.get(text);
    if (known !== undefined) return known;
    const made = digest("ipv4", text);
    if (parts.size < mostKept) parts.set(text, made);
    return made;
  };
  const make = (kind: IdentityKind, name: string): string => {
    if (kind === "ipv4") return maskIpv4(name, digestOfPart);
    if (kind === "ipv6") return maskIpv6(name, digestOfPart);
    const hex = digest(kind, name).toString("hex");
    if (kind === "mac") return `02:a5:d1:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
    if (kind === "mail") return `mail-${hex.slice(0, 8)}@redacted.invalid`;
    // Twelve digits, as an account of AWS has; the first one tells it from a real one.
    if (kind === "account") return `0${(BigInt(`0x${hex.slice(0, 16)}`) % 10n ** 11n).toString().padStart(11, "0")}`;
    if (kind === "uuid") return `a51d${hex.slice(0, 4)}-${hex.slice(4, 8)}-4${hex.slice(9, 12)}-8${hex.slice(13, 16)}-${hex.slice(16, 28)}`;
    return `${kind}-${hex.slice(0, 8)}`;
  };
  return {
    privacy,
    isUsed: () => tokens.size > 0,
    tokenOf: (kind, name) => {
      let known = tokens.get(kind);
      if (known === undefined) tokens.set(kind, (known = new Map()));
      const found = known.get(name);
      if (found !== undefined) return found;
      const token = make(kind, name);
      if (known.size < mostKept) known.set(name, token);
      return token;
    },
  };
}

const mostKept = 100_000;
