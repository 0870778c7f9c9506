import type { WaiverUse } from "../../core/contract/report/waiver-use.ts";
import type { TextLook } from "./look.ts";
import { wrapText } from "./wrap-text.ts";

/** The waivers that do nothing any more: expired ones, and those that fit no finding; no lines where all are in use. */
export function renderWaivers(waivers: readonly WaiverUse[], { columns, paint }: TextLook): readonly string[] {
  const idle = waivers.filter(({ state }) => state !== "active");
  if (idle.length === 0) return [];
  const lines = idle.flatMap((waiver) =>
    wrapText(describe(waiver), { columns, indent: 4, lines: 2 }).map((line, index) => (index === 0 ? `  ${paint("warning", "◌")}${line.slice(3)}` : line)),
  );
  return [paint("heading", `Waivers that waive nothing (${idle.length})`), ...lines];
}

const describe = ({ id, fingerprint, owner, expires, state, findings, object = {} }: WaiverUse): string => {
  const about = [id, fingerprint, ...Object.entries(object).map(([key, glob]) => `${key} ${glob}`)].filter((part) => part !== undefined).join(", ");
  const why =
    state === "unused" ? "no finding fits it" : `expired on ${expires}, and ${findings} ${findings === 1 ? "finding counts" : "findings count"} again`;
  return `${about} (${owner}): ${why}`;
};
