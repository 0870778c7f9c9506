import type { Redactor } from "../redactor.ts";
import type { Rule, Span } from "../rules/rule.ts";
import { hidden } from "../names/is-harmless.ts";
import { isHiddenAlready } from "../names/is-hidden-already.ts";
import { isAllowed } from "../user-rules/is-allowed.ts";
import { findByMark } from "./find-by-mark.ts";
import { findUserPatterns } from "./find-user-patterns.ts";

/** A part of a text, the rule that found it, and what is to stand in its place. */
export type Hit = Span & { readonly rule: string; readonly replacement: string };

/**
 * Everything in a text that is to be hidden, in order and without overlaps. `bytes` holds the low byte of each of the text's characters; base64 is not
 * looked into. Takes time in proportion to the text's length.
 */
export function findHits(redactor: Redactor, text: string, bytes: Uint8Array): readonly Hit[] {
  const hits: Hit[] = [];
  let last: Span = { start: 0, end: 0 };
  redactor.scan(bytes, text.length, (at, index) => {
    if (at >= last.start && at < last.end) return;
    for (const rule of redactor.rulesOf[index] ?? []) {
      const span = locate(rule, text, at);
      // What stands between another secret's literal and that secret may be one of its own.
      if (span === undefined || (span.start < last.end && span.end > last.start) || isHiddenAlready(text, span)) continue;
      if (span.end > last.end) last = span;
      hits.push({ ...span, rule: rule.id, replacement: (rule.replacement ?? replacementOf)(text.slice(span.start, span.end)) });
      return;
    }
  });
  const [marked, own] = [findByMark(redactor, text, bytes), findUserPatterns(redactor, text)];
  // Of most strings of objects nothing is to be hidden, and they are many.
  if (hits.length + marked.length + own.length === 0) return hits;
  return withoutOverlaps([...hits, ...marked, ...own]).filter((hit) => !isAllowed(redactor.userRules, text.slice(hit.start, hit.end)));
}

function locate(rule: Rule, text: string, literalAt: number): Span | undefined {
  if ("locate" in rule) return rule.locate(text, literalAt);
  const { pattern, accept } = rule;
  pattern.lastIndex = literalAt;
  const indices = pattern.exec(text)?.indices;
  if (indices === undefined) return undefined;
  const [start, end] = Object.values(indices.groups ?? {}).find((group) => group !== undefined) ?? indices[0] ?? [0, 0];
  return start < end && accept?.({ text, literalAt, start, end }) !== false ? { start, end: endOfToken(text, { start, end }) } : undefined;
}

/** Where a long token ends of which a pattern took only as much as it may: half of it would still be one. */
function endOfToken(text: string, { start, end }: Span): number {
  if (end - start < leastCut) return end;
  restOfToken.lastIndex = end - 1;
  return restOfToken.test(text) ? restOfToken.lastIndex : end;
}

const leastCut = 60;
const restOfToken = /[A-Za-z0-9+/_][A-Za-z0-9+/_-]{1,16000}(?:\.[A-Za-z0-9_-]{8,4000}){0,2}={0,2}/y;

/** Line ends around a secret stay, so that what holds it keeps its shape. */
function replacementOf(secret: string): string {
  const lead = /^(?:\r?\n|(?:\\r)?\\n)/.exec(secret)?.[0] ?? "";
  const trail = secret.length > lead.length ? (/(?:\r?\n|(?:\\r)?\\n)[ \t]*$/.exec(secret)?.[0] ?? "") : "";
  return `${lead}${hidden}${trail}`;
}

/** Of two that overlap the first stays, of two that begin together the longer one. */
function withoutOverlaps(hits: readonly Hit[]): readonly Hit[] {
  let behind = 0;
  return hits
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < behind) return false;
      behind = end;
      return true;
    });
}
