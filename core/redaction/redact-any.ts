import { isUtf8 } from "node:buffer";
import type { Place, Redactor } from "./redactor.ts";
import { redactMixedLines } from "./objects/redact-mixed-lines.ts";
import { redactString } from "./objects/redact-string.ts";

/** Bytes of unknown kind without their secrets; the same buffer where there are none. Text may be JSON or YAML; other bytes are looked at as they are. */
export function redactAny(redactor: Redactor, content: Buffer, where: Place): Buffer {
  const isLatin1 = !isUtf8(content);
  const encoding = isLatin1 ? "latin1" : "utf8";
  const text = content.toString(encoding);
  const place = { ...where, isLatin1 };
  const clean = /^\s*\{/.test(text) && text.includes("\n{") ? redactMixedLines(redactor, text, place) : redactString(redactor, text, place);
  return clean === text ? content : Buffer.from(clean, encoding);
}
