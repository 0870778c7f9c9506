import { isJsonObject } from "../../core/contract/json.ts";
import type { Redaction } from "../../core/contract/report/redaction.ts";
import type { Run } from "../run.ts";

/** What a tarball says of its redaction, in manifest and meta/redaction.json; what is missing or of a wrong type there is left out. */
export function planRedaction({ manifest, redaction }: Pick<Run, "manifest" | "redaction">): Redaction {
  if (manifest?.redaction === false) return { state: "off", totals: {}, dropped: 0, kept: 0 };
  const asked = manifest?.redaction;
  if (redaction === undefined) return { state: asked === undefined ? "none" : "on", ...(asked && { privacy: asked.privacy }), totals: {}, dropped: 0, kept: 0 };
  const { totals, privacy, dropped, kept } = redaction;
  const numbers = Object.entries(isJsonObject(totals) ? totals : {}).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return {
    state: "on",
    ...(privacy === "off" || privacy === "standard" || privacy === "high" ? { privacy } : {}),
    totals: Object.fromEntries(numbers.slice(0, mostRules)),
    dropped: Array.isArray(dropped) ? dropped.length : 0,
    kept: Array.isArray(kept) ? kept.length : 0,
  };
}

const mostRules = 1000;
