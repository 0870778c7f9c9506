/** Names of the report formats, apart from the formats themselves, so that a command's help need not load them. */
export const formatNames = ["html", "json", "text", "markdown", "junit", "sarif", "csv", "prometheus", "openreports", "policyreport"] as const;
export type FormatName = (typeof formatNames)[number];
