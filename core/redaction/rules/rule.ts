/**
 * What a secret looks like, as data. Wherever one of the literals stands (in either case), it is looked for from the literal's first character on: by
 * `pattern`, of which a named group (without one, all that it matches) is hidden, or by `locate`. Nothing reaches further than `window` characters.
 */
export type Rule = {
  readonly id: string;
  readonly reason: string;
  /** Lower-case ASCII, three characters or more. */
  readonly literals: readonly string[];
  readonly window: number;
  readonly examples: Examples;
  /** What stands in the place of what was found, where that is not the usual word. */
  readonly replacement?: (found: string) => string;
} & (PatternRule | LocateRule);

/** With the flags y and d, and every repetition bounded. What `accept` refuses is left as it is. */
type PatternRule = { readonly pattern: RegExp; readonly accept?: (found: Found) => boolean };
type LocateRule = { readonly locate: (text: string, literalAt: number) => Span | undefined };

/** Text in which what must be hidden stands between « and »; a ¦ in it is taken out, so that no scanner of a hosting site takes the example for a real one. */
export type Examples = { readonly hidden: readonly string[]; readonly kept: readonly string[] };

/** From `start` up to, without, `end`; in characters. */
export type Span = { readonly start: number; readonly end: number };

/** A secret found in a text, and where the literal stands that led to it. */
export type Found = Span & { readonly text: string; readonly literalAt: number };

/** The found secret itself. */
export const secretOf = ({ text, start, end }: Found): string => text.slice(start, end);
