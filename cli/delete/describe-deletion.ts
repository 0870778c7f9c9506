import { KnownError } from "../../core/contract/known-error.ts";
import { renderTable } from "../terminal/table.ts";
import { isMadeByRuns } from "./list-everything.ts";
import type { Found } from "./list-metadata.ts";
import type { RunDeletion } from "./run-deletion.ts";

/** What happens to a namespace's runs, in sentences. */
export function describeDeletion({ name, objects, namespace, foreign, unseen }: RunDeletion, wait: boolean): readonly string[] {
  const later = wait ? "" : " It takes a moment; --wait waits for it.";
  if (namespace === "delete") return [`The namespace ${name} is being deleted, with everything that the run made.${later}`];
  if (namespace === "going") return [`The namespace ${name} is being deleted already.${later}`];
  const what =
    objects.length === 0
      ? `There is nothing to delete: no run has left anything in namespace ${name}.`
      : `Of the run in namespace ${name}, ${objects.length === 1 ? "1 object is" : `${objects.length} objects are`} being deleted.${later}`;
  return [what, ...describeStay({ name, namespace, foreign, unseen })];
}

/** Why a namespace stays that a run has made. */
export function describeStay({ name, namespace, foreign, unseen }: Pick<RunDeletion, "name" | "namespace" | "foreign" | "unseen">): readonly string[] {
  if (namespace === "shared")
    return [
      `The namespace ${name} stays, because it holds what the run did not make: ${nameSome(foreign.map(({ kind, metadata }) => `${kind.kind} ${metadata.name}`))}.`,
    ];
  if (namespace === "unseen")
    return [
      `The namespace ${name} stays, because you may not see whether it holds what the run did not make: ${nameSome(unseen.map(({ plural }) => plural))}.`,
    ];
  return [];
}

/** Objects as a table, safe for a terminal. */
export const renderObjects = (objects: readonly Found[]): readonly string[] =>
  renderTable([["KIND", "NAMESPACE", "NAME"], ...objects.map(({ kind, metadata }) => [kind.kind, metadata.namespace ?? "", metadata.name])], {
    columns: Infinity,
  });

/** KnownError when kinds of which runs make objects could not be looked at. */
export function refuseUnseen(unseen: RunDeletion["unseen"]): void {
  const missed = [...new Set(unseen.filter(isMadeByRuns).map(({ plural }) => plural))];
  if (missed.length > 0)
    throw new KnownError("cluster-refused", `You may not list ${missed.join(", ")}, so what a run has made of them may still be there.`, {
      hint: "Ask for that permission, or let somebody with more rights delete the run.",
    });
}

const namedAtMost = 5;

const nameSome = (names: readonly string[]): string =>
  names.slice(0, namedAtMost).join(", ") + (names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : "");
