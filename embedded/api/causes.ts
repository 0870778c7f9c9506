import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "../../core/contract/json.ts";
import type { FieldCause } from "./status-error.ts";
import { sortedEntries } from "../objects/order.ts";

/** What is wrong in one place of an object or a query, in the API server's words; checks give none where all is well. */
export type Causes = readonly FieldCause[];

export const none: Causes = [];

/** The causes of a place, if a condition holds. */
export const when = (isWrong: boolean, causes: () => Causes): Causes => (isWrong ? causes() : none);

/** A value that must be there. Source of these forms: k8s.io/apimachinery, pkg/util/validation/field/errors.go. */
export const required = (field: string, detail = ""): Causes => [
  { reason: "FieldValueRequired", message: detail === "" ? "Required value" : `Required value: ${detail}`, field },
];

export const invalidValue = (field: string, value: unknown, detail: string): Causes => [
  { reason: "FieldValueInvalid", message: `Invalid value: ${quote(value)}: ${detail}`, field },
];

/** As Go writes it: maps of texts, such as labels, in the order of their keys. */
function quote(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => {
    const isMap = isJsonObject(inner) && Object.values(inner).every((item) => typeof item === "string");
    return isMap ? Object.fromEntries(sortedEntries(inner)) : inner;
  });
}

/** One cause a problem. */
export const invalidValues = (field: string, value: unknown, problems: readonly string[]): Causes =>
  problems.flatMap((problem) => invalidValue(field, value, problem));

export const duplicate = (field: string, value: unknown): Causes => [{ reason: "FieldValueDuplicate", message: `Duplicate value: ${quote(value)}`, field }];

export const notFound = (field: string, value: unknown): Causes => [{ reason: "FieldValueNotFound", message: `Not found: ${JSON.stringify(value)}`, field }];

export const forbidden = (field: string, detail: string): Causes => [{ reason: "FieldValueForbidden", message: `Forbidden: ${detail}`, field }];

export const notSupported = (field: string, value: unknown, values: readonly string[]): Causes => [
  {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${quote(value)}: supported values: ${values.map((known) => JSON.stringify(known)).join(", ")}`,
    field,
  },
];

/** A text that must be one of some; a missing one is left to who requires it. */
export const oneOf = (field: string, value: unknown, values: readonly string[]): Causes =>
  typeof value !== "string" || value === "" || values.includes(value) ? none : notSupported(field, value, values);

/** A value that may be nothing else than before. */
export const immutable = (field: string, now: unknown, before: unknown): Causes =>
  isDeepStrictEqual(now, before) ? none : invalidValue(field, now, "field is immutable");

export const tooLong = (field: string, most: number): Causes => [
  { reason: "FieldValueTooLong", message: `Too long: may not be more than ${most} bytes`, field },
];
