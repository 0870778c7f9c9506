import type { Json, JsonObject } from "../../contract/json.ts";
import { isJsonObject } from "../../contract/json.ts";
import { isSecretFile } from "../files/is-secret-file.ts";
import { hidden } from "../names/is-harmless.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";

/**
 * A file of a machine's configuration, as Ignition, Butane, cloud-init and Cluster API write it, without its content if that is nothing but a secret by the
 * file's path; the same object for every other one.
 */
export function hideFileContent(file: JsonObject, tally: Tally): JsonObject {
  const { path } = file;
  if (typeof path !== "string" || path.length > longestPath) return file;
  const { content, contents, encoding } = file;
  const clean = {
    ...(typeof content === "string" && { content: hideText(path, content, encoding) }),
    ...(typeof contents === "string" && { contents: hideText(path, contents, encoding) }),
    ...(isJsonObject(contents) && { contents: hideContents(path, contents) }),
  };
  if (clean.content === undefined && clean.contents === undefined) return file;
  count(tally, "secret-by-name");
  return { ...file, ...(clean.content !== undefined && { content: clean.content }), ...(clean.contents !== undefined && { contents: clean.contents }) };
}

const longestPath = 4096;

function hideContents(path: string, contents: JsonObject): JsonObject | undefined {
  const { source, inline } = contents;
  if (typeof inline === "string") {
    const clean = hideText(path, inline, undefined);
    return clean === undefined ? undefined : { ...contents, inline: clean };
  }
  if (typeof source !== "string" || source.length > longestContent) return undefined;
  const [head, base64] = /^data:[^,]{0,200}?(;base64)?,/.exec(source) ?? [];
  if (head === undefined) return undefined;
  const body = source.slice(head.length);
  const clean = base64 === undefined ? hideText(path, withoutEscapes(body), undefined) : hideText(path, body, "base64");
  return clean === undefined ? undefined : { ...contents, source: `${head}${clean}` };
}

/** The word that stands for a secret, encoded as the content was; undefined if that is none. */
function hideText(path: string, text: string, encoding: Json | undefined): string | undefined {
  if (text.length > longestContent) return undefined;
  const isBase64 = encoding === "base64" || encoding === "b64";
  if (!isSecretFile({ name: path, content: Buffer.from(text, isBase64 ? "base64" : "utf8") })) return undefined;
  return isBase64 ? Buffer.from(hidden).toString("base64") : hidden;
}

const longestContent = 2048;

function withoutEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
