import { isJsonObject } from "../../../../core/contract/json.ts";
import type { FieldCause } from "../../status-error.ts";

/** What is wrong in one place; checks give none where all is well. */
export type Causes = readonly FieldCause[];

/** What is looked at when an object is made or changed, and what beside it when it is changed. */
export type Check = {
  readonly create: (object: unknown, old: unknown) => Causes;
  readonly update?: (object: unknown, old: unknown) => Causes;
};

export const none: Causes = [];

/** The causes of a place, if a condition holds. */
export const when = (isWrong: boolean, causes: () => Causes): Causes => (isWrong ? causes() : none);

/** A value that must be there. Source of these forms: k8s.io/apimachinery, pkg/util/validation/field/errors.go. */
export const required = (field: string, detail = ""): Causes => [
  { reason: "FieldValueRequired", field, message: detail === "" ? "Required value" : `Required value: ${detail}` },
];

export const invalidValue = (field: string, value: unknown, detail: string): Causes => [
  { reason: "FieldValueInvalid", field, message: `Invalid value: ${quote(value)}: ${detail}` },
];

/** As Go writes it: maps of texts, such as labels, in the order of their keys. */
function quote(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => {
    const isMap = isJsonObject(inner) && Object.values(inner).every((item) => typeof item === "string");
    return isMap ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1))) : inner;
  });
}

/** One cause a problem. */
export const invalidValues = (field: string, value: unknown, problems: readonly string[]): Causes =>
  problems.flatMap((problem) => invalidValue(field, value, problem));

export const duplicate = (field: string, value: unknown): Causes => [{ reason: "FieldValueDuplicate", field, message: `Duplicate value: ${quote(value)}` }];

export const notFound = (field: string, value: unknown): Causes => [{ reason: "FieldValueNotFound", field, message: `Not found: ${JSON.stringify(value)}` }];

export const forbidden = (field: string, detail: string): Causes => [{ reason: "FieldValueForbidden", field, message: `Forbidden: ${detail}` }];

export const notSupported = (field: string, value: unknown, values: readonly string[]): Causes => [
  {
    reason: "FieldValueNotSupported",
    field,
    message: `Unsupported value: ${quote(value)}: supported values: ${values.map((known) => JSON.stringify(known)).join(", ")}`,
  },
];

/** A text that must be one of some; a missing one is left to who requires it. */
export const oneOf = (field: string, value: unknown, values: readonly string[]): Causes =>
  typeof value !== "string" || value === "" || values.includes(value) ? none : notSupported(field, value, values);
