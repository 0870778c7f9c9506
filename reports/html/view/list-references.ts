import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderLine } from "../../visible-text.ts";

/** A reference of a finding; `href` only where it is an address of the web, whatever the finding says. */
export type Reference = { readonly label: string; readonly href: string };

/** The references of a finding: sections of benchmarks, then addresses. */
export function listReferences({ refs }: Pick<Finding, "refs">): readonly Reference[] {
  const named = [
    ...(refs?.cis ?? []).map((section) => `CIS ${section}`),
    ...(refs?.stig ?? []).map((section) => `STIG ${section}`),
    ...(refs?.nsa ?? []).map((section) => `NSA ${section}`),
  ];
  return [
    ...named.map((label) => ({ label: renderLine(label), href: "" })),
    ...(refs?.url ?? []).map((url) => ({ label: renderLine(url), href: webAddress(url) })),
  ];
}

/** The address as a browser would read it, or "" for javascript:, data: and what is none. */
function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && ["https:", "http:"].includes(url.protocol) && url.username === "" && url.password === "" ? url.href : "";
}
