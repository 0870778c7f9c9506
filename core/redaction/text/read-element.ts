import type { Span } from "../rules/rule.ts";

/** What an element of XML holds, and what ends it. */
type Element = { readonly at: number; readonly closing: string };

/** The content of the element that has this name, <ns:Password Type="…">, or of the one behind it, <key>Password</key><string> and <property name="password"><value>. */
export function readElement(text: string, name: Span): Element | undefined {
  const isTag = /<(?:[\w-]{1,30}:)?$/.test(text.slice(Math.max(0, name.start - 32), name.start));
  return readBehind(text, isTag ? ownTag : nextTag, name.end);
}

function readBehind(text: string, pattern: RegExp, end: number): Element | undefined {
  const code = text.charCodeAt(end);
  if (code !== 62 && code !== 60 && code !== 32 && code !== 34) return undefined;
  pattern.lastIndex = end;
  const found = pattern.exec(text);
  return found === null ? undefined : { at: end + found[0].length, closing: found[1] === undefined ? "</" : "]]>" };
}

const ownTag = /(?: [^<>]{0,200}[^<>/])?>\s{0,40}(<!\[CDATA\[)?/y;
const nextTag = /(?:"\s{0,3}>|<\/(?:key|name|Key|Name)>)\s{0,40}<(?:string|value|Value|data)>(<!\[CDATA\[)?/y;
