import { InvalidArgumentError } from "@commander-js/extra-typings";
import { formatNames, type FormatName } from "../../reports/format-names.ts";

/** The formats that `-f a,b` names, each once, in that order; commander's error for a name that is none. */
export function parseFormats(value: string): readonly FormatName[] {
  const names = value.split(",").map((name) => name.trim());
  const known = names.flatMap((name) => formatNames.filter((format) => format === name));
  if (known.length !== names.length) throw new InvalidArgumentError(`Allowed choices are ${formatNames.join(", ")}; several with commas between them.`);
  return [...new Set(known)];
}
