import { KnownError } from "../../core/contract/known-error.ts";

/** Bytes of a Kubernetes quantity (`500Mi`, `4Gi`, `2G`) or a plain number; KnownError "wrong-usage" naming the flag otherwise. */
export function parseSize(flag: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([KMGT]i?|k)?$/.exec(text) ?? [];
  const bytes = Math.floor(Number(amount) * (units[unit ?? ""] ?? Number.NaN));
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new KnownError("wrong-usage", `${flag} ${text}: is no size.`, { hint: "Give bytes, or a quantity such as 500Mi, 4Gi or 2G." });
}

const units: Record<string, number | undefined> = {
  "": 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};
