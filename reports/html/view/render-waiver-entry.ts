import type { Finding } from "../../../core/contract/report/finding.ts";

/** An entry for a file of waivers that fits this finding; who waives it fills in the rest. All texts are quoted, so that none of them is YAML. */
export function renderWaiverEntry({ id, object, node, plugin }: Finding): string {
  const selector = Object.entries({ kind: object?.kind, namespace: object?.namespace, name: object?.name, node: node ?? object?.node, plugin })
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `    ${key}: ${quote(value ?? "")}\n`);
  const selected = selector.length === 0 ? "" : `  object:\n${selector.join("")}`;
  return `- id: ${quote(id)}\n${selected}  reason: ""\n  owner: ""\n  expires: YYYY-MM-DD\n`;
}

/** JSON's strings are YAML's; what a clipboard or a terminal could trip over is escaped as well. */
const quote = (text: string): string =>
  JSON.stringify(text).replaceAll(hiddenCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
const hiddenCharacters = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
