import type { Json } from "../contract/json.ts";
import type { Identities } from "./identities/identities.ts";
import { identityRules } from "./identities/identity-rules.ts";
import { internalHostRule } from "./identities/internal-host-rule.ts";
import { knownNameRules } from "./identities/known-name-rules.ts";
import type { Rule } from "./rules/rule.ts";
import { redactString } from "./objects/redact-string.ts";
import { readSensitiveFields } from "./objects/sensitive-fields.ts";
import { redactAny } from "./redact-any.ts";
import { ruleFamilies } from "./rules/all-rules.ts";
import type { Tally } from "./tally.ts";
import type { LiteralScanner } from "./text/literal-scanner.ts";
import { createLiteralScanner } from "./text/literal-scanner.ts";
import { addPaths } from "./user-rules/add-paths.ts";
import type { UserRules } from "./user-rules/user-rules.ts";
import { literalRule } from "./user-rules/literal-rule.ts";

/** What is looked for, made ready once for any number of files. */
export type Redactor = {
  readonly scan: LiteralScanner;
  /** The rules that each literal of the scanner leads to. */
  readonly rulesOf: readonly (readonly Rule[])[];
  readonly userRules: UserRules | undefined;
  /** Without them, names and addresses stay as they are. */
  readonly identities: Identities | undefined;
  /** The rules that find names by what stands around them, which in an object's raw text is something else than in its strings. */
  readonly shapedNames: ReadonlySet<Rule>;
  /** Whether names are looked for, which may be shorter than every secret. */
  readonly hasNames: boolean;
  /** How a string of an object is read, and bytes of unknown kind that were found inside of a text. */
  readonly readString: (redactor: Redactor, text: string, place: Place) => string;
  readonly readBytes: (redactor: Redactor, content: Buffer, place: Place) => Buffer;
  /** Strings of objects in which nothing was found, because the same ones come again and again. */
  readonly clean: Set<string>;
  /** What a file inside of another one may unpack to, in bytes; it is held in memory. */
  readonly longestUnpacked: number;
};

/** Where something is read: whose counts it adds to, and how many layers of encoding and quoting lie around it. */
export type Place = { readonly tally: Tally; readonly depth: number; readonly isLatin1?: boolean };

/** `knownNames` are of nodes, and of namespaces as namespace/NAME, which only high privacy hides: with identities, each becomes its token wherever it stands, so that logs and objects still agree. */
export type RedactorOptions = {
  readonly userRules?: UserRules | undefined;
  readonly identities?: Identities | undefined;
  readonly knownNames?: readonly string[];
  readonly longestUnpacked?: number;
};

/** A redactor with all built-in rules, and the user's behind them. */
export function createRedactor({ userRules, identities, knownNames = [], longestUnpacked = 256 * 1024 * 1024 }: RedactorOptions = {}): Redactor {
  const shapedNames = identities === undefined ? [] : identityRules(identities);
  const rules: readonly Rule[] = [
    ...Object.values(ruleFamilies).flat(),
    ...(userRules?.literals ?? []).map(literalRule),
    ...shapedNames,
    ...(identities === undefined ? [] : [internalHostRule(identities), ...knownNameRules(identities, knownNames)]),
  ];
  const literals = [...new Set(rules.flatMap((rule) => rule.literals))];
  return {
    scan: createLiteralScanner(literals),
    rulesOf: literals.map((literal) => rules.filter((rule) => rule.literals.includes(literal))),
    userRules,
    identities,
    shapedNames: new Set(shapedNames),
    hasNames: identities !== undefined || userRules !== undefined,
    readString: redactString,
    readBytes: redactAny,
    clean: new Set(),
    longestUnpacked,
  };
}

/** The same, which also hides what the schemas of these CustomResourceDefinitions mark as secret. */
export const addDefinitions = (redactor: Redactor, definitions: readonly Json[]): Redactor => ({
  ...redactor,
  userRules: addPaths(redactor.userRules, definitions.flatMap(readSensitiveFields)),
  clean: new Set(),
});

/** The same for text that was redacted already: names are tokens in it, but for known ones that were overlooked, and tokens have the form of names. */
export const forSecondLook = (redactor: Redactor): Redactor => ({
  ...redactor,
  rulesOf: redactor.rulesOf.map((rules) => rules.filter((rule) => !redactor.shapedNames.has(rule))),
  identities: undefined,
  clean: new Set(),
});
