import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findLabelValueProblems, findQualifiedNameProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { forbidden, invalidValue, invalidValues, none, required } from "../../causes.ts";
import { qualifiedName } from "./value-rules.ts";

/** A map of labels; both a key's and a value's mistakes are said of the map. */
export function validateLabels(path: string, labels: unknown): Causes {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...invalidValues(path, key, findQualifiedNameProblems(key)),
    ...invalidValues(path, value, findLabelValueProblems(text(value))),
  ]);
}

/** A LabelSelector. Source: k8s.io/apimachinery, pkg/apis/meta/v1/validation. */
export function validateLabelSelector(path: string, selector: unknown): Causes {
  if (selector === undefined) return none;
  const expressions = list(field(selector, "matchExpressions"));
  return [
    ...validateLabels(`${path}.matchLabels`, field(selector, "matchLabels")),
    ...expressions.flatMap((expression, index) => validateExpression(`${path}.matchExpressions[${index}]`, expression)),
  ];
}

function validateExpression(path: string, expression: unknown): Causes {
  const values = list(field(expression, "values"));
  return [
    ...validateOperator(path, { operator: text(field(expression, "operator")), values }),
    ...qualifiedName(`${path}.key`, text(field(expression, "key"))),
    ...values.flatMap((value, index) => invalidValues(`${path}.values[${index}]`, value, findLabelValueProblems(text(value)))),
  ];
}

function validateOperator(path: string, { operator, values }: { readonly operator: string; readonly values: readonly unknown[] }): Causes {
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length === 0 ? required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'") : none;
    case "Exists":
    case "DoesNotExist":
      return values.length > 0 ? forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'") : none;
    default:
      return invalidValue(`${path}.operator`, operator, "not a valid selector operator");
  }
}

/** A term of a node selector. */
export function validateNodeSelectorTerm(path: string, term: unknown): Causes {
  return [
    ...list(field(term, "matchExpressions")).flatMap((expression, index) => {
      const at = `${path}.matchExpressions[${index}]`;
      const [operator, values] = [text(field(expression, "operator")), list(field(expression, "values"))];
      const isComparison = operator === "Gt" || operator === "Lt";
      const single = values.length === 1 ? none : required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'");
      return [...(isComparison ? single : validateOperator(at, { operator, values })), ...qualifiedName(`${at}.key`, text(field(expression, "key")))];
    }),
    ...list(field(term, "matchFields")).flatMap((expression, index) => validateNodeField(`${path}.matchFields[${index}]`, expression)),
  ];
}

function validateNodeField(path: string, expression: unknown): Causes {
  const [operator, key, values] = [text(field(expression, "operator")), text(field(expression, "key")), list(field(expression, "values"))];
  const isSet = operator === "In" || operator === "NotIn";
  const single = values.length === 1 ? none : required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
  return [
    ...(isSet ? single : invalidValue(`${path}.operator`, operator, "not a valid selector operator")),
    ...(key === "metadata.name" ? none : invalidValue(`${path}.key`, key, "not a valid field selector key")),
  ];
}
