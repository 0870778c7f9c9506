import { renderCsv } from "./csv/render.ts";
import type { FormatName } from "./format-names.ts";
import { renderHtml } from "./html/render.ts";
import { renderJson } from "./json/render.ts";
import { renderJunit, type JunitOptions } from "./junit/render.ts";
import { renderMarkdown } from "./markdown/render.ts";
import { renderOpenReports, renderPolicyReports } from "./policy-reports/render.ts";
import { renderPrometheus } from "./prometheus/render.ts";
import type { RunReport } from "./run-report.ts";
import { renderSarif } from "./sarif/render.ts";
import { renderText } from "./text/render.ts";

/** A report format; `extension` without a dot in front. The same report gives the same bytes. */
export type Format = { readonly mediaType: string; readonly extension: string; readonly render: (report: RunReport, options?: FormatOptions) => string };

/** What somebody may want otherwise; each format takes what it knows. */
export type FormatOptions = JunitOptions;

/** Every format that a report can have. */
export const formats: { readonly [name in FormatName]: Format } = {
  html: { mediaType: "text/html", extension: "html", render: renderHtml },
  json: { mediaType: "application/json", extension: "json", render: renderJson },
  text: { mediaType: "text/plain", extension: "txt", render: (report) => renderText(report) },
  markdown: { mediaType: "text/markdown", extension: "md", render: renderMarkdown },
  junit: { mediaType: "application/xml", extension: "xml", render: renderJunit },
  sarif: { mediaType: "application/sarif+json", extension: "sarif", render: renderSarif },
  csv: { mediaType: "text/csv", extension: "csv", render: renderCsv },
  prometheus: { mediaType: "text/plain", extension: "prom", render: renderPrometheus },
  openreports: { mediaType: "application/yaml", extension: "openreports.yaml", render: renderOpenReports },
  policyreport: { mediaType: "application/yaml", extension: "policyreport.yaml", render: renderPolicyReports },
};
