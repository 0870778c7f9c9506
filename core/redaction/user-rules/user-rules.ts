/** A word or phrase to hide wherever it stands; ASCII, three characters or more. */
export type UserLiteral = { readonly id: string; readonly literal: string };

/** What to hide in any text; the pattern has the flags g and d and takes time in proportion to the text. */
export type UserPattern = { readonly id: string; readonly pattern: RegExp };

/** A place in objects, of one kind or any: steps from the root, "*" for any step and "**" for any number of them. */
export type UserPath = { readonly id: string; readonly kind: string | undefined; readonly path: readonly string[] };

/** Files that are left out whole. */
export type UserFiles = { readonly id: string; readonly matches: RegExp };

/** A file of rules after parsing. */
export type UserRules = {
  readonly literals: readonly UserLiteral[];
  readonly patterns: readonly UserPattern[];
  readonly paths: readonly UserPath[];
  readonly files: readonly UserFiles[];
  readonly allowedLiterals: ReadonlySet<string>;
  readonly allowedPatterns: readonly RegExp[];
  readonly allowedPaths: readonly (readonly string[])[];
  /** Names of files that stay as they are. */
  readonly allowedFiles: readonly RegExp[];
  /** Of all rules that hide something, in the file's order. */
  readonly ids: readonly string[];
};
