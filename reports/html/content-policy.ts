import { createHash } from "node:crypto";

/** The policy of the page: nothing but this style and these scripts, each by its hash, and images that are in the page. */
export function contentPolicy({ style, scripts }: { readonly style: string; readonly scripts: readonly string[] }): string {
  const rules = [
    "default-src 'none'",
    `script-src ${scripts.length === 0 ? "'none'" : scripts.map(hash).join(" ")}`,
    `style-src ${hash(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "connect-src 'none'",
  ];
  return rules.join("; ");
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
