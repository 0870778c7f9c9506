import type { Verified } from "./redaction-report.ts";
import type { Leak, Verification } from "./verify-archive.ts";

/** What reading an archive again has found, with how many canaries came out of each way into it; one that did counts as a leak of its way. */
export function addCanaries(verification: Verification, canaries: Readonly<Record<string, number>>): Verified {
  const open = Object.entries(canaries).filter(([, count]) => count > 0);
  return { ...verification, canaries, leaks: [...verification.leaks, ...open.map(([way, count]): Leak => ({ file: `(${way})`, rule: "canary", count }))] };
}
