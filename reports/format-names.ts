/** Names of the report formats, apart from the formats themselves, so that a command's help need not load them. */
export const formatNames = ["html", "junit", "text", "json"] as const;
export type FormatName = (typeof formatNames)[number];
