import { isIP } from "node:net";
import { findQualifiedNameProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { invalidValue, invalidValues, none } from "../../causes.ts";

/** Checks of single values, with the API server's own words. Source: k8s.io/apimachinery, pkg/util/validation/validation.go. */
export const nonNegative = (field: string, value: unknown): Causes =>
  typeof value === "number" && value < 0 ? invalidValue(field, value, "must be greater than or equal to 0") : none;

/** A port's number. */
export function portNumber(field: string, value: unknown): Causes {
  const isPort = typeof value === "number" && value >= 1 && value <= 65535;
  return isPort ? none : invalidValue(field, value, "must be between 1 and 65535, inclusive");
}

/** What is wrong with a port's name. */
export function findPortNameProblems(name: string): readonly string[] {
  return [
    ...(name.length > 15 ? ["must be no more than 15 characters"] : []),
    ...(/^[-a-z0-9]+$/.test(name) ? [] : ["must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"]),
    ...(/[a-z]/.test(name) ? [] : ["must contain at least one letter (a-z)"]),
    ...(name.includes("--") ? ["must not contain consecutive hyphens"] : []),
    ...(/^-|-$/.test(name) ? ["must not begin or end with a hyphen"] : []),
  ];
}

export const portNumberOrName = (field: string, value: unknown): Causes =>
  typeof value === "string" ? invalidValues(field, value, findPortNameProblems(value)) : portNumber(field, value ?? 0);

/** What is wrong with the name of an environment variable. */
export const findEnvNameProblems = (name: string): readonly string[] =>
  /^[ -<>-~]+$/.test(name) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];

/** What is wrong with a key of a ConfigMap or Secret. */
export function findConfigKeyProblems(key: string): readonly string[] {
  const pattern = "[-._a-zA-Z0-9]+";
  return [
    ...(key.length > 253 ? ["must be no more than 253 characters"] : []),
    ...(/^[-._a-zA-Z0-9]+$/.test(key)
      ? []
      : [
          `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '${pattern}')`,
        ]),
    ...(key === "." ? ["must not be '.'"] : key === ".." ? ["must not be '..'"] : key.startsWith("..") ? ["must not start with '..'"] : []),
  ];
}

export const ipAddress = (field: string, value: string): Causes =>
  isIP(value) > 0 ? none : invalidValue(field, value, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");

export function cidr(field: string, value: string): Causes {
  const [address = "", bits = ""] = value.split("/");
  const isBlock = isIP(address) > 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
  return isBlock ? none : invalidValue(field, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
}

/** A number, or a share of 100: "25%". */
export function numberOrPercent(field: string, value: unknown): Causes {
  if (typeof value === "number") return nonNegative(field, value);
  if (typeof value !== "string" || /^\d+%$/.test(value)) return none;
  return invalidValue(
    field,
    value,
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
  );
}

/** A file's path below a folder, which it may not leave. */
export function pathBelow(field: string, value: string): Causes {
  if (value.startsWith("/")) return invalidValue(field, value, "must be a relative path");
  return noDots(field, value);
}

export const noDots = (field: string, value: string): Causes => (value.split("/").includes("..") ? invalidValue(field, value, "must not contain '..'") : none);

export const fileMode = (field: string, value: unknown): Causes =>
  typeof value === "number" && (value < 0 || value > 0o777) ? invalidValue(field, value, "must be a number between 0 and 0777 (octal), both inclusive") : none;

/** A user's or group's number. */
export const systemId = (field: string, value: unknown): Causes =>
  typeof value === "number" && (value < 0 || value > 2147483647) ? invalidValue(field, value, "must be between 0 and 2147483647, inclusive") : none;

export const qualifiedName = (field: string, value: string): Causes => invalidValues(field, value, findQualifiedNameProblems(value));

/** A finalizer's name: one of Kubernetes' own, or one with a domain. */
export function finalizerName(field: string, value: string): Causes {
  const problems = qualifiedName(field, value);
  if (problems.length > 0 || value.includes("/") || ["kubernetes", "orphan", "foregroundDeletion"].includes(value)) return problems;
  return invalidValue(field, value, "name is neither a standard finalizer name nor is it fully qualified");
}
