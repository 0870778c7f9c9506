import { renderHtml } from "./html/render.ts";
import { renderJson } from "./json/render.ts";
import { renderJunit } from "./junit/render.ts";
import type { FormatName } from "./format-names.ts";
import type { RunReport } from "./run-report.ts";
import { renderText } from "./text/render.ts";

/** A report format; `extension` without a dot. The same report gives the same bytes. */
export type Format = { readonly mediaType: string; readonly extension: string; readonly render: (report: RunReport) => string };

/** Every format that a report can have. */
export const formats: { readonly [name in FormatName]: Format } = {
  html: { mediaType: "text/html", extension: "html", render: renderHtml },
  junit: { mediaType: "application/xml", extension: "xml", render: renderJunit },
  text: { mediaType: "text/plain", extension: "txt", render: renderText },
  json: { mediaType: "application/json", extension: "json", render: renderJson },
};
