import type { RunDiff } from "../../core/contract/report/run-diff.ts";
import type { DiffFormatName } from "./format-names.ts";
import { renderDiffHtml } from "./render-html.ts";
import { renderDiffJson } from "./render-json.ts";
import { renderDiffJunit } from "./render-junit.ts";
import { renderDiffMarkdown } from "./render-markdown.ts";
import { renderDiffSarif } from "./render-sarif.ts";
import { renderDiffText } from "./render-text.ts";

/** Every format that a comparison can have; the same comparison gives the same bytes. */
export const diffFormats: { readonly [name in DiffFormatName]: (diff: RunDiff) => string } = {
  text: (diff) => renderDiffText(diff),
  json: renderDiffJson,
  markdown: renderDiffMarkdown,
  html: renderDiffHtml,
  junit: renderDiffJunit,
  sarif: renderDiffSarif,
};
