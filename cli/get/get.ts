import { KnownError } from "../../core/contract/known-error.ts";
import { qualifiedPlural } from "../../core/contract/snapshot-kind.ts";
import type { CommandContext } from "../command-context.ts";
import { nameSome } from "../name-some.ts";
import { openSnapshot, type OpenedSnapshot } from "../offline/open-snapshot.ts";
import { fitText } from "../terminal/safe-text.ts";
import { describeGaps } from "./describe-gaps.ts";
import { findKinds } from "./find-kinds.ts";
import { filesOf, listKinds } from "./list-kinds.ts";
import type { GetRequest } from "./parse-get-request.ts";
import { printObjects, printTables } from "./print-found.ts";
import type { FoundKind, WantedKind } from "./read-objects.ts";

/** Prints objects of the tarball at `path` as kubectl would those of a cluster, ages as they were then; KnownError "wrong-usage" for a kind or name that isn't there. */
export async function get({ output }: Pick<CommandContext, "output">, path: string, request: GetRequest): Promise<void> {
  const snapshot = await openSnapshot(path, request);
  const wanted = planKinds(snapshot, request);
  const { coverage } = snapshot;
  const gaps = coverage === undefined ? [] : wanted.flatMap(({ kind }) => describeGaps(coverage, { kind, namespace: request.namespace }));
  for (const gap of new Set(gaps)) output.err(`${fitText(gap)}\n`);
  const print = request.output === "table" || request.output === "wide" ? printTables : printObjects;
  const found = await print(output, snapshot, { ...request, wanted });
  refuseMissing(found, { path, wanted, namespace: request.namespace });
  if (found.every(({ objects }) => objects.length === 0)) output.err(`${describeNothing(snapshot, wanted, request)}\n`);
}

/** A kind that is named twice is shown once, with all names. */
function planKinds(snapshot: OpenedSnapshot, { targets }: GetRequest): readonly WantedKind[] {
  const kinds = listKinds(snapshot);
  const wanted = new Map<WantedKind["kind"], readonly string[]>();
  for (const { word, names } of targets)
    for (const kind of findKinds([word], kinds, snapshot.path)) wanted.set(kind, [...new Set([...(wanted.get(kind) ?? []), ...names])]);
  return [...wanted].map(([kind, names]) => ({ kind, names }));
}

type Missing = { readonly path: string; readonly wanted: readonly WantedKind[]; readonly namespace: string | undefined };

function refuseMissing(found: readonly FoundKind<unknown>[], { path, wanted, namespace }: Missing): void {
  const missing = wanted.flatMap(({ kind, names }, index) => {
    const there = new Set(found[index]?.objects.map(({ name }) => name));
    return names.filter((name) => !there.has(name)).map((name) => `${qualifiedPlural(kind)} ${JSON.stringify(name)}`);
  });
  if (missing.length > 0)
    throw new KnownError("wrong-usage", `${path}: ${nameSome(missing)} not found.`, {
      hint:
        namespace !== undefined && wanted.some(({ kind }) => kind.namespaced)
          ? "-A looks into all namespaces; without a name all objects are listed."
          : "Without a name all objects are listed.",
    });
}

function describeNothing(snapshot: OpenedSnapshot, wanted: readonly WantedKind[], { namespace }: GetRequest): string {
  if (namespace === undefined || wanted.every(({ kind }) => !kind.namespaced)) return "No resources found";
  const elsewhere = new Set(wanted.flatMap(({ kind }) => filesOf(snapshot, kind, undefined)).map((file) => file.namespace));
  const hint = elsewhere.has(namespace) || elsewhere.size === 0 ? "" : ` There are some in ${nameSome([...elsewhere])}; -A shows all.`;
  return fitText(`No resources found in ${namespace} namespace.${hint}`);
}
