import { KnownError } from "../../core/contract/known-error.ts";

/**
 * Whether one of some patterns fits an entry's name: `*` stands for anything but "/", `**` for anything, `?` for one character; a pattern that fits a folder
 * takes all that is in it. KnownError "wrong-usage" for a pattern that no name can fit.
 */
export function parseEntryPatterns(patterns: readonly string[]): (name: string) => boolean {
  const fitting = patterns.map(parsePattern);
  return (name) => fitting.some((pattern) => pattern.test(name));
}

function parsePattern(pattern: string): RegExp {
  const problem =
    pattern === ""
      ? "is empty"
      : pattern.startsWith("/")
        ? "begins with a slash"
        : pattern.split("/").includes("..")
          ? "leads out of the tarball"
          : pattern.includes("\\")
            ? "holds a backslash"
            : undefined;
  if (problem !== undefined)
    throw new KnownError("wrong-usage", `--only ${JSON.stringify(pattern)}: ${problem}, and no name in a tarball does.`, {
      hint: 'Name files as they stand in the tarball, e.g. --only "plugins/*/results/**".',
    });
  // Several in a row are one, and would only make the search slow.
  const parts = pattern
    .replace(/^(?:\.\/+)+/, "")
    .replace(/\/+$/, "")
    .replaceAll(/\*{2,}(?:\/?\*+)*/g, "**")
    .split(/(\*\*\/|\*\*|\*|\?)/);
  return new RegExp(`^${parts.map((part) => wildcards[part] ?? part.replaceAll(/[$()*+.?[\]^{|}]/g, String.raw`\$&`)).join("")}(?:/.*)?$`, "su");
}

const wildcards: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
