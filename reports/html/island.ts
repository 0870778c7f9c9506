import { renderJson } from "../json/render.ts";
import type { RunReport } from "../run-report.ts";

/** The canonical JSON of a report on one line, for a data block of the page: no character in it can end the block or begin markup. */
export const renderIsland = (report: RunReport): string => JSON.stringify(JSON.parse(renderJson(report))).replaceAll(unsafe, escapeUnit);

/** What a page made by renderHtml holds as data, unchecked; undefined for any other text. */
export function extractIsland(page: string): unknown {
  const start = page.indexOf(opening);
  const end = page.indexOf("</script>", start);
  if (start < 0 || end < 0) return undefined;
  try {
    return JSON.parse(page.slice(start + opening.length, end));
  } catch {
    return undefined;
  }
}

const opening = '<script type="application/json" id="report">';
/** They stand inside of strings only, where JSON may escape every character. */
const unsafe = /[<>&\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const escapeUnit = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
