import { field, text } from "../../../../core/kubernetes/field.ts";
import { nanosOf, parseQuantity, renderQuantity } from "../../../../core/kubernetes/quantity.ts";
import type { Causes } from "../../causes.ts";
import { invalidValue, none, required, when } from "../../causes.ts";
import { qualifiedName } from "./value-rules.ts";

/** A container's requests and limits. */
export function validateResources(path: string, resources: unknown): Causes {
  const [limits, requests] = [entriesOf(field(resources, "limits")), entriesOf(field(resources, "requests"))];
  const limitOf = new Map(limits);
  return [
    ...limits.flatMap(([name, amount]) => validateResource(`${path}.limits[${name}]`, name, amount)),
    ...requests.flatMap(([name, amount]) => [
      ...validateResource(`${path}.requests[${name}]`, name, amount),
      ...validateRequest(path, { name, amount, limit: limitOf.get(name) }),
    ]),
  ];
}

const entriesOf = (amounts: unknown): readonly (readonly [string, string])[] =>
  Object.entries(amounts ?? {}).map(([name, amount]) => [name, text(amount)] as const);

const standard = new Set(["cpu", "memory", "ephemeral-storage"]);
const isHugePages = (name: string): boolean => name.startsWith("hugepages-");
const isShared = (name: string): boolean => standard.has(name);

function validateResource(path: string, name: string, amount: string): Causes {
  const nanos = nanosOf(amount);
  const isPlain = !name.includes("/");
  return [
    ...validateResourceName(path, name, { problem: "must be a standard resource for containers", known: new Set() }),
    ...when(nanos < 0n, () => invalidValue(path, amount, "must be greater than or equal to 0")),
    ...when(!isPlain && nanos % 1_000_000_000n !== 0n, () => invalidValue(path, amount, "must be an integer")),
    ...when(isHugePages(name) && !isMultiple(amount, name.slice("hugepages-".length)), () =>
      invalidValue(path, amount, `${amount} is not positive integer multiple of ${name}`),
    ),
  ];
}

/** A resource's name: one of Kubernetes' own, or one with a domain. `problem` is said of other plain ones, but for the `known`. */
export function validateResourceName(
  path: string,
  name: string,
  { problem, known }: { readonly problem: string; readonly known: ReadonlySet<string> },
): Causes {
  const qualified = qualifiedName(path, name);
  if (qualified.length > 0)
    return [...qualified, ...when(name.includes("/"), () => invalidValue(path, name, "doesn't follow extended resource name standard"))];
  if (name.includes("/") || standard.has(name) || isHugePages(name) || known.has(name)) return none;
  return [...invalidValue(path, name, "must be a standard resource type or fully qualified"), ...invalidValue(path, name, problem)];
}

function isMultiple(amount: string, unit: string): boolean {
  const size = nanosOf(unit);
  return size > 0n && nanosOf(amount) % size === 0n;
}

function validateRequest(
  path: string,
  { name, amount, limit }: { readonly name: string; readonly amount: string; readonly limit: string | undefined },
): Causes {
  if (limit === undefined) return isShared(name) ? none : required(`${path}.limits`, "Limit must be set for non overcommitable resources");
  const [asked, most] = [nanosOf(amount), nanosOf(limit)];
  if (!isShared(name)) return when(asked !== most, () => invalidValue(`${path}.requests`, amount, `must be equal to ${name} limit of ${canonical(limit)}`));
  return when(asked > most, () => invalidValue(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${canonical(limit)}`));
}

function canonical(amount: string): string {
  const quantity = parseQuantity(amount);
  return quantity === undefined ? amount : renderQuantity(quantity);
}
