import type { Span } from "../rules/rule.ts";

/** What an element of XML holds, and what ends it. */
type Element = { readonly at: number; readonly closing: string };

/** The content of the element that has this name, <ns:Password Type="…">, of the one behind it, <key>Password</key><string>, of one with it as an attribute, <entry key="password">, or an attribute behind it. */
export function readElement(text: string, name: Span): Element | undefined {
  const code = text.charCodeAt(name.end);
  if (code !== 62 && code !== 60 && code !== 32 && code !== 34 && code !== 39) return undefined;
  const before = text.slice(Math.max(0, name.start - 60), name.start);
  if (/<(?:[\w-]{1,30}:)?$/.test(before)) return readBehind(text, ownTag, name.end);
  return (
    readBehind(text, nextTag, name.end) ??
    (/<[\w:-]{1,30} (?:key|name|id)=["']$/.test(before) ? (readBehind(text, content, name.end) ?? readBehind(text, attribute, name.end)) : undefined)
  );
}

function readBehind(text: string, pattern: RegExp, end: number): Element | undefined {
  pattern.lastIndex = end;
  const found = pattern.exec(text);
  return found === null ? undefined : { at: end + found[0].length, closing: pattern === attribute ? '"' : found[1] === undefined ? "</" : "]]>" };
}

const ownTag = /(?: [^<>]{0,200}[^<>/])?>\s{0,40}(<!\[CDATA\[)?(?!<)/y;
const nextTag = /(?:"\s{0,3}>|<\/(?:key|name|Key|Name)>)\s{0,40}<(?:string|value|Value|data)>(<!\[CDATA\[)?/y;
const content = /["']>\s{0,40}(<!\[CDATA\[)?(?!<)/y;
const attribute = /["'] content="/y;
