import { groupings, type Grouping } from "./group-findings.ts";

/** What of the page can be linked to; it is all in the part of the address behind `#`. */
export type PageState = {
  readonly view: View;
  readonly query: string;
  readonly group: Grouping;
  /** Fingerprint of the finding that is open. */
  readonly open?: string;
  readonly theme?: Theme;
};

export const views = ["overview", "changes", "findings", "tests", "nodes", "timeline", "not-evaluated", "waivers", "run"] as const;
export type View = (typeof views)[number];
export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What an address asks for; whatever can't be understood is left out. */
export function parseHash(hash: string): PageState {
  const text = hash.replace(/^#/, "");
  const isFinding = text.startsWith("f=");
  const [name = "", ...rest] = isFinding ? ["findings", text] : text.split("?");
  const parameters = new URLSearchParams(rest.join("?"));
  const view = views.find((known) => known === name) ?? "overview";
  const group = groupings.find((known) => known === parameters.get("g")) ?? "none";
  const theme = themes.find((known) => known === parameters.get("t"));
  const open = parameters.get("f") ?? "";
  return { view, query: parameters.get("q") ?? "", group, ...(open === "" ? {} : { open }), ...(theme === undefined ? {} : { theme }) };
}

/** The address of a state, which parseHash reads as the same; a finding alone is `#f=<fingerprint>`. */
export function renderHash({ view, query, group, open, theme }: PageState): string {
  const parameters = new URLSearchParams();
  if (open !== undefined && view === "findings") parameters.set("f", open);
  if (query !== "") parameters.set("q", query);
  if (group !== "none") parameters.set("g", group);
  if (theme !== undefined) parameters.set("t", theme);
  const text = parameters.toString().replaceAll("%3A", ":");
  if (parameters.has("f") && parameters.size === 1) return `#${text}`;
  return `#${view}${text === "" ? "" : `?${text}`}`;
}
