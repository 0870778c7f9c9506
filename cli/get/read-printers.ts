import type { SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { isCustomGroup } from "../../core/kubernetes/is-custom-group.ts";
import { buildCustomPrinter } from "../../core/tables/build-custom-printer.ts";
import { findPrinter } from "../../core/tables/find-printer.ts";
import { agePrinter, type Printer } from "../../core/tables/printer.ts";
import type { OpenedSnapshot } from "../offline/open-snapshot.ts";
import { listKinds } from "./list-kinds.ts";
import { readObjects } from "./read-objects.ts";

/** How objects of these kinds become rows; of custom ones as their definitions in the tarball say it. */
export async function readPrinters(snapshot: OpenedSnapshot, kinds: readonly SnapshotKind[]): Promise<(kind: SnapshotKind) => Printer> {
  const customs = kinds.filter(({ group }) => isCustomGroup(group));
  const definitions = listKinds(snapshot).filter(({ kind, group }) => kind === "CustomResourceDefinition" && group === "apiextensions.k8s.io");
  const wanted = definitions.slice(0, 1).map((kind) => ({ kind, names: customs.map(({ plural, group }) => `${plural}.${group}`) }));
  const found =
    customs.length === 0 ? [] : await readObjects(snapshot, wanted, { namespace: undefined, requirements: [], isExact: false, make: (object) => object });
  const printers = new Map(
    customs.flatMap((kind) => {
      const definition = found[0]?.objects.find(({ name }) => name === `${kind.plural}.${kind.group}`);
      return definition ? [[kind, buildCustomPrinter(definition.made, kind.version)]] : [];
    }),
  );
  // Of Secrets no data is ever here, so that there is nothing to count.
  return (kind) => (kind.group === "" && kind.kind === "Secret" ? agePrinter : (printers.get(kind) ?? findPrinter(kind)));
}
