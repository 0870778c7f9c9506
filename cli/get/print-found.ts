import type { OpenedSnapshot } from "../offline/open-snapshot.ts";
import { printUntrusted } from "../offline/print-untrusted.ts";
import type { Output } from "../terminal/output.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import type { GetRequest } from "./parse-get-request.ts";
import { readObjects, type FoundKind, type WantedKind } from "./read-objects.ts";
import { renderObjects } from "./render-objects.ts";
import { readPrinters } from "./read-printers.ts";
import { renderKindName, renderTable } from "./render-table.ts";

type Printing = Pick<GetRequest, "namespace" | "requirements" | "output"> & { readonly wanted: readonly WantedKind[] };

/** Prints a table for each kind of which something was found. */
export async function printTables(output: Output, snapshot: OpenedSnapshot, printing: Printing): Promise<readonly FoundKind<unknown>[]> {
  const { wanted, namespace } = printing;
  const printerOf = await readPrinters(
    snapshot,
    wanted.map(({ kind }) => kind),
  );
  const found = await readObjects(snapshot, wanted, { ...printing, isExact: false, make: (object, kind) => printerOf(kind).cells(object, snapshot.takenAt) });
  const look = { isWide: printing.output === "wide", withNamespace: namespace === undefined, withKind: wanted.length > 1 };
  const tables = found.filter(({ objects }) => objects.length > 0).map((of) => renderTable(of, { ...look, printer: printerOf(of.kind) }));
  output.out(tables.map((lines) => lines.map((line) => `${line}\n`).join("")).join("\n"));
  return found;
}

/** Prints objects whole, or their names alone; one that was asked for by its name stands alone, others in a List. */
export async function printObjects(output: Output, snapshot: OpenedSnapshot, printing: Printing): Promise<readonly FoundKind<unknown>[]> {
  const { wanted, output: form } = printing;
  const isWhole = form === "json" || form === "yaml";
  const found = await readObjects(snapshot, wanted, { ...printing, isExact: isWhole, make: (object) => (isWhole ? object : undefined) });
  const objects = found.flatMap(({ kind, objects: of }) => of.map((object) => ({ kind, ...object })));
  if (!isWhole) output.out(objects.map(({ kind, name }) => `${renderKindName(kind)}/${renderSafeText(name)}\n`).join(""));
  else {
    const isOne = wanted.length === 1 && wanted[0]?.names.length === 1;
    if (objects.length > 0 || !isOne)
      printUntrusted(
        output,
        renderObjects(
          objects.map(({ made }) => made),
          { form, isList: !(isOne && objects.length === 1) },
        ),
      );
  }
  return found;
}
