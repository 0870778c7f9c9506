/** Names of a comparison's formats, apart from the formats themselves, so that a command's help need not load them. */
export const diffFormatNames = ["text", "json", "markdown", "html", "junit", "sarif"] as const;
export type DiffFormatName = (typeof diffFormatNames)[number];
