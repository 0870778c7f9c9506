/** A pattern for paths: "*" and "?" within a folder, "**" over any number of them; without a slash it is of the file's own name, wherever it lies. */
export function globPattern(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });
  return new RegExp(`${glob.includes("/") ? "^" : "(?:^|/)"}${source}$`, "s");
}
