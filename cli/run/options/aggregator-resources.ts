import { KnownError } from "../../../core/contract/known-error.ts";
import { parseQuantity } from "../../../core/kubernetes/quantity.ts";
import type { Attempt } from "../problems.ts";

/** A container's requests and limits, as its object has them. */
export type Resources = { readonly requests: Quantities; readonly limits: Quantities };
type Quantities = { readonly [resource: string]: string };

/** The aggregator's requests and limits: what is usual, with what `texts` say of it, each `requests.memory=96Mi` or several with commas. */
export function parseResources(flag: string, texts: readonly string[], attempt: Attempt): Resources {
  const resources = texts
    .flatMap((text) => text.split(","))
    .reduce<Resources>((before, text) => attempt(() => change(before, parseResource(flag, text))) ?? before, usual);
  for (const [resource, request] of Object.entries(resources.requests))
    attempt(() => checkLimit(flag, { resource, request, limit: resources.limits[resource] }));
  return resources;
}

const usual: Resources = { requests: { cpu: "50m", memory: "96Mi" }, limits: { memory: "512Mi" } };

type Change = { readonly part: "requests" | "limits"; readonly resource: string; readonly quantity: string };

function parseResource(flag: string, text: string): Change {
  const [, part, resource = "", quantity = ""] = /^(requests|limits)\.(cpu|memory|ephemeral-storage)=(.*)$/.exec(text) ?? [];
  const isQuantity = quantity === "" || (parseQuantity(quantity)?.nanos ?? -1n) >= 0n;
  if ((part !== "requests" && part !== "limits") || !isQuantity)
    throw new KnownError("wrong-usage", `${flag} ${text}: is not of the form requests.memory=QUANTITY.`, {
      hint: "Begin with requests or limits, then cpu, memory or ephemeral-storage, then a quantity such as 100m, 2, 256Mi or 1Gi.",
    });
  return { part, resource, quantity };
}

function change(resources: Resources, { part, resource, quantity }: Change): Resources {
  const { [resource]: _, ...others } = resources[part];
  return { ...resources, [part]: quantity === "" ? others : { ...others, [resource]: quantity } };
}

/** The cluster would refuse it only after the namespace, accounts and roles are made. */
function checkLimit(
  flag: string,
  { resource, request, limit }: { readonly resource: string; readonly request: string; readonly limit: string | undefined },
): void {
  if (limit === undefined || (parseQuantity(request)?.nanos ?? 0n) <= (parseQuantity(limit)?.nanos ?? 0n)) return;
  throw new KnownError("wrong-usage", `${flag} requests.${resource}=${request}: is more than the limit, ${limit}.`, {
    hint: `Raise the limit too: ${flag} limits.${resource}=${request}`,
  });
}
