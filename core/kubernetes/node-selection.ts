import { field, list, text } from "./field.ts";

/**
 * Whether a pod spec's nodeName, nodeSelector and required node affinity choose a node, as the scheduler sees it; taints are another matter.
 * Source: k8s.io/component-helpers, scheduling/corev1/nodeaffinity.
 */
export function isNodeSelected(node: unknown, podSpec: unknown): boolean {
  const name = text(field(node, "metadata", "name"));
  const nodeName = text(field(podSpec, "nodeName"));
  if (nodeName !== "" && nodeName !== name) return false;
  const labels = field(node, "metadata", "labels");
  if (!Object.entries(field(podSpec, "nodeSelector") ?? {}).every(([key, value]) => field(labels, key) === value)) return false;
  const required = field(podSpec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  return required === undefined || list(field(required, "nodeSelectorTerms")).some((term) => isTermMet(term, name, labels));
}

/** All of a term must hold; an empty term matches nothing. */
function isTermMet(term: unknown, name: string, labels: unknown): boolean {
  const expressions = list(field(term, "matchExpressions"));
  const fields = list(field(term, "matchFields"));
  if (expressions.length === 0 && fields.length === 0) return false;
  return expressions.every((requirement) => isExpressionMet(requirement, labels)) && fields.every((requirement) => isFieldMet(requirement, name));
}

/** A requirement that Kubernetes would refuse is met by no node. */
function isExpressionMet(requirement: unknown, labels: unknown): boolean {
  const values = list(field(requirement, "values"));
  const value = field(labels, text(field(requirement, "key")));
  switch (field(requirement, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return values.length > 0 && (value === undefined || !values.includes(value));
    case "Exists":
      return values.length === 0 && value !== undefined;
    case "DoesNotExist":
      return values.length === 0 && value === undefined;
    case "Gt":
      return values.length === 1 && isGreater(parseInteger(value), parseInteger(values[0]));
    case "Lt":
      return values.length === 1 && isGreater(parseInteger(values[0]), parseInteger(value));
    default:
      return false;
  }
}

/** The only field there is, metadata.name, with exactly one value. */
function isFieldMet(requirement: unknown, name: string): boolean {
  const values = list(field(requirement, "values"));
  if (field(requirement, "key") !== "metadata.name" || values.length !== 1) return false;
  const operator = field(requirement, "operator");
  return operator === "In" ? values[0] === name : operator === "NotIn" && values[0] !== name;
}

const isGreater = (left: bigint | undefined, right: bigint | undefined): boolean => left !== undefined && right !== undefined && left > right;

/** As Go's ParseInt does it: decimal, signed, 64 bits. */
function parseInteger(value: unknown): bigint | undefined {
  if (typeof value !== "string" || !/^[+-]?\d{1,19}$/.test(value)) return undefined;
  const number = BigInt(value.replace(/^\+/, ""));
  return BigInt.asIntN(64, number) === number ? number : undefined;
}
