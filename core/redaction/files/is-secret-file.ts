import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { NamedContent } from "./named-content.ts";

/** Whether a file is nothing but a secret by its name and its one line, as mounted Secrets and Rails' master.key are. */
export function isSecretFile({ name, content }: Pick<NamedContent, "name" | "content">): boolean {
  if (content.length === 0 || content.length > longest) return false;
  const own = name.slice(name.lastIndexOf("/") + 1).replace(/\.txt$/, "");
  const sense = senseOf(own);
  const line = content.toString("latin1").trim();
  return (sense === "password" || sense === "secret") && !/\s/.test(line) && isPlausible(line, sense, "field");
}

const longest = 1024;
