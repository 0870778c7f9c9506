import { isKnownError } from "../../contract/known-error.ts";
import { hidden } from "../names/is-harmless.ts";
import { redactAny } from "../redact-any.ts";
import type { Redactor } from "../redactor.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";
import { formatOf } from "./format-of.ts";
import type { NamedContent } from "./named-content.ts";
import { isConformanceFile } from "./is-conformance-file.ts";
import { isAllowed } from "./is-left-out.ts";
import { isSecretFile } from "./is-secret-file.ts";
import { redactGzip } from "./redact-gzip.ts";
import { redactLines } from "./redact-lines.ts";
import { redactTar } from "./redact-tar.ts";
import { redactZip } from "./redact-zip.ts";
import { renderPlaceholder } from "./render-placeholder.ts";
import { Unreadable } from "./unreadable.ts";
import { redactCsvText } from "../objects/redact-csv-text.ts";
import { redactJsonText } from "../objects/redact-json-text.ts";
import { redactYamlText } from "../objects/redact-yaml-text.ts";
import { redactText } from "../text/redact-text.ts";

/**
 * A file without its secrets: JSON and YAML by their structure, archives by what is in them, everything else as text. The same buffer where there are none.
 * The files of a conformance run are looked at, and stay. What can't be read as its name says, and what a rule fails on, is left out: a placeholder comes back, and the tally says why.
 */
export async function redactFile(redactor: Redactor, { name, content, depth = 0 }: NamedContent, tally: Tally): Promise<Buffer> {
  const rule = redactor.userRules?.files.find(({ matches }) => matches.test(name));
  if (isAllowed(redactor, name)) return content;
  if (rule !== undefined) {
    count(tally, rule.id);
    return renderPlaceholder(name, "a rule of the user's leaves it out");
  }
  try {
    if (isConformanceFile(name)) {
      await redactAs(redactor, { name, content, depth }, tally);
      return content;
    }
    return await redactAs(redactor, { name, content, depth }, tally);
  } catch (error) {
    const why = error instanceof Unreadable ? error.message : isKnownError(error) ? "it is a damaged archive" : "a rule failed on it";
    tally.dropped.push(why);
    return renderPlaceholder(name, why);
  }
}

async function redactAs(redactor: Redactor, file: Required<NamedContent>, tally: Tally): Promise<Buffer> {
  const { content } = file;
  const { longestUnpacked } = redactor;
  const archive = { longestUnpacked, redactInner: (part: NamedContent): Promise<Buffer> => redactFile(redactor, part, tally) };
  const format = formatOf(file);
  switch (format) {
    case "json":
      return whole(content, (text) => redactJsonText(redactor, text, { tally, depth: 0 }) ?? redactLines(redactor, text, tally));
    case "yaml":
      return whole(content, (text) => redactComments(redactor, redactYamlText(redactor, text, { tally, depth: 0 }), tally));
    case "csv":
      return whole(content, (text) => redactText(redactor, redactCsvText(text, tally), { tally }));
    case "utf16":
      return redactWide(redactor, content, tally);
    case "text":
      return redactAny(redactor, isSecretFile(file) ? hideWhole(content, tally) : content, { tally, depth: 0 });
    case "gzip":
      return redactGzip(file, archive);
    case "tar":
      return redactTar(file, archive);
    case "zip":
      return redactZip(file, archive);
    default:
      throw new Error(`There is no format ${String(format satisfies never)}.`);
  }
}

function hideWhole(content: Buffer, tally: Tally): Buffer {
  count(tally, "secret-by-name");
  return Buffer.from(content.at(-1) === lineEnd ? `${hidden}\n` : hidden);
}

const lineEnd = 10;

/** Reads all of it or fails. */
function whole(content: Buffer, redact: (text: string) => string | undefined): Buffer {
  const text = content.toString("utf8");
  const bare = text.replace(/^\uFEFF/, "");
  if (bare.trim() === "") return content;
  const clean = redact(bare);
  if (clean === undefined) throw new Unreadable("it is not what its name says, and can't be read");
  return clean === bare ? content : Buffer.from(clean);
}

/** What the structure does not show: comments, and keys. */
const redactComments = (redactor: Redactor, text: string | undefined, tally: Tally): string | undefined =>
  text === undefined ? undefined : redactText(redactor, text, { tally });

function redactWide(redactor: Redactor, content: Buffer, tally: Tally): Buffer {
  const isBig = content[0] === 0xfe;
  const even = Buffer.from(content.subarray(0, content.length - (content.length % 2)));
  const text = (isBig ? even.swap16() : even).toString("utf16le");
  const clean = redactText(redactor, text, { tally });
  if (clean === text) return content;
  const bytes = Buffer.from(clean, "utf16le");
  return isBig ? bytes.swap16() : bytes;
}
