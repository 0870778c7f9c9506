import { field, list, text } from "./field.ts";
import { findLabelValueProblems, findQualifiedNameProblems } from "./names.ts";

/** One condition on an object's labels; In has its one value for = and ==, NotIn for !=. */
export type LabelRequirement = {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  readonly values: readonly string[];
};

/** A selector that can't be read; the message is the API server's. */
export class InvalidSelector extends Error {
  override name = "InvalidSelector";
}

const operators: { readonly [token: string]: LabelRequirement["operator"] } = {
  in: "In",
  notin: "NotIn",
  "=": "In",
  "==": "In",
  "!=": "NotIn",
  ">": "Gt",
  "<": "Lt",
  gt: "Gt",
  lt: "Lt",
};

/** A selector in its textual form, `a=b,c in (d,e),!f`; empty chooses all. Throws InvalidSelector. Source: k8s.io/apimachinery, pkg/labels/selector.go. */
export function parseLabelSelector(selector: string): readonly LabelRequirement[] {
  const tokens = createTokens(selector);
  const requirements: LabelRequirement[] = [];
  if (tokens.next() === "") return requirements;
  if (!tokens.isName() && tokens.next() !== "!") throw new InvalidSelector(`found '${tokens.next()}', expected: !, identifier, or 'end of string'`);
  for (;;) {
    requirements.push(parseRequirement(tokens));
    const separator = tokens.take();
    if (separator === "") return requirements;
    if (separator !== ",") throw new InvalidSelector(`found '${separator}', expected: ',' or 'end of string'`);
    if (!tokens.isName() && tokens.next() !== "!") throw new InvalidSelector(`found '${tokens.next()}', expected: identifier after ','`);
  }
}

/** Whether labels meet every requirement. */
export const areMet = (requirements: readonly LabelRequirement[], labels: unknown): boolean =>
  requirements.every((requirement) => isMet(requirement, field(labels, requirement.key)));

/** Whether a LabelSelector object (matchLabels, matchExpressions) chooses labels; an empty one chooses all, a missing one none. */
export const isSelected = (selector: unknown, labels: unknown): boolean =>
  selector !== undefined && selector !== null && areMet(parseSelectorObject(selector), labels);

/** A LabelSelector object in its textual form, as Scale and descriptions show it. */
export function renderLabelSelector(selector: unknown): string {
  if (selector === undefined || selector === null) return "<none>";
  const byKey = parseSelectorObject(selector).toSorted((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  return byKey.map(renderRequirement).join(",");
}

function renderRequirement({ key, operator, values }: LabelRequirement): string {
  if (operator === "Exists") return key;
  if (operator === "DoesNotExist") return `!${key}`;
  if (operator === "Gt" || operator === "Lt") return `${key}${operator === "Gt" ? ">" : "<"}${values[0] ?? ""}`;
  // matchLabels come as sets of one.
  if (values.length === 1 && operator === "In") return `${key}=${values[0] ?? ""}`;
  return `${key} ${operator.toLowerCase()} (${values.toSorted().join(",")})`;
}

/** An operator that doesn't exist is met by nothing. */
function parseSelectorObject(selector: unknown): readonly LabelRequirement[] {
  const labels = Object.entries(field(selector, "matchLabels") ?? {}).map(([key, value]) => ({ key, operator: "In" as const, values: [text(value)] }));
  const expressions = list(field(selector, "matchExpressions")).map((expression): LabelRequirement => {
    const operator = ["In", "NotIn", "Exists", "DoesNotExist"].find((known) => known === field(expression, "operator"));
    const key = text(field(expression, "key"));
    if (operator === undefined) return { key, operator: "In", values: [] };
    return { key, operator: operator as LabelRequirement["operator"], values: list(field(expression, "values")).map(text) };
  });
  return [...labels, ...expressions];
}

function isMet({ operator, values }: LabelRequirement, value: unknown): boolean {
  switch (operator) {
    case "In":
      return typeof value === "string" && values.includes(value);
    case "NotIn":
      return typeof value !== "string" || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      if (typeof value !== "string" || !integer.test(value)) return false;
      return operator === "Gt" ? BigInt(value) > BigInt(values[0] ?? 0) : BigInt(value) < BigInt(values[0] ?? 0);
  }
}

const integer = /^-?\d{1,18}$/;

function parseRequirement(tokens: Tokens): LabelRequirement {
  const isNegated = tokens.next() === "!";
  if (isNegated) tokens.take();
  if (!tokens.isName()) throw new InvalidSelector(`unable to parse requirement: found '${tokens.next()}', expected: identifier`);
  const key = tokens.take();
  const problems = findQualifiedNameProblems(key);
  if (problems.length > 0) throw new InvalidSelector(`unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(key)}: ${problems.join("; ")}`);
  if (isNegated) return { key, operator: "DoesNotExist", values: [] };
  if (tokens.next() === "" || tokens.next() === ",") return { key, operator: "Exists", values: [] };
  const token = tokens.take();
  const operator = Object.hasOwn(operators, token) ? operators[token] : undefined;
  if (operator === undefined) throw new InvalidSelector(`unable to parse requirement: found '${token}', expected: in, notin, =, ==, !=, gt, lt`);
  const values = token === "in" || token === "notin" ? parseSet(tokens) : [parseValue(tokens)];
  checkValues(key, operator, values);
  return { key, operator, values };
}

function parseValue(tokens: Tokens): string {
  if (tokens.next() === "" || tokens.next() === ",") return "";
  if (!tokens.isName()) throw new InvalidSelector(`unable to parse requirement: found '${tokens.next()}', expected: identifier`);
  return tokens.take();
}

function parseSet(tokens: Tokens): readonly string[] {
  if (tokens.next() !== "(") throw new InvalidSelector(`unable to parse requirement: found '${tokens.next()}' expected: '('`);
  tokens.take();
  if (tokens.next() !== ")" && tokens.next() !== "," && !tokens.isName())
    throw new InvalidSelector(`unable to parse requirement: found '${tokens.next()}', expected: ',', ')' or identifier`);
  const values: string[] = [];
  for (;;) {
    values.push(tokens.isName() ? tokens.take() : "");
    if (tokens.next() === ")") break;
    if (tokens.next() !== ",") throw new InvalidSelector(`unable to parse requirement: found '${tokens.next()}', expected: ',' or ')'`);
    tokens.take();
  }
  tokens.take();
  return [...new Set(values)];
}

function checkValues(key: string, operator: LabelRequirement["operator"], values: readonly string[]): void {
  for (const [index, value] of values.entries()) {
    const problems = findLabelValueProblems(value);
    if ((operator === "Gt" || operator === "Lt") && !integer.test(value))
      throw new InvalidSelector(
        `unable to parse requirement: values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    if (problems.length > 0)
      throw new InvalidSelector(`unable to parse requirement: values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problems.join("; ")}`);
  }
}

/** `next` looks at the next token, empty at the end; `take` goes on to the one after it. */
type Tokens = { next(): string; take(): string; isName(): boolean };

function createTokens(selector: string): Tokens {
  const tokens = selector.match(/[^\s=!(),<>]+|==|!=|[=!(),<>]/g) ?? [];
  let at = 0;
  return {
    next: () => tokens[at] ?? "",
    take: () => tokens[at++] ?? "",
    isName: () => /^[^=!(),<>]/.test(tokens[at] ?? ""),
  };
}
