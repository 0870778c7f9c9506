import { StringDecoder } from "node:string_decoder";
import type { Readable } from "node:stream";
import { nameOfPlace, readTarball, type TarballPlace } from "../../reports/read-tarball.ts";
import { listDetails, type Detail } from "../../reports/sonobuoy/list-details.ts";
import type { Output } from "../terminal/output.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import { printUntrusted } from "./print-untrusted.ts";
import type { SelectedResults } from "./select-results.ts";

type Request = { readonly place: TarballPlace; readonly selected: readonly SelectedResults[]; readonly skipPrefix: boolean };

/**
 * Prints each leaf as a line of JSON, then the content of leaves that are files behind their path, streamed in the tarball's order; a file
 * that is not in it is told on the error output.
 */
export async function printDetails(output: Output, { place, selected, skipPrefix }: Request): Promise<void> {
  const details = selected.flatMap(({ plugin, item }) => listDetails(plugin, item));
  for (const detail of details) if (detail.kind === "line") printUntrusted(output, `${detail.json}\n`);
  const pathOf = new Map(details.filter(isFile).map(({ entry, path }) => [entry, path]));
  if (pathOf.size === 0) return;
  await readTarball(place, async ({ name, open }) => {
    const path = pathOf.get(name);
    if (path === undefined) return "more";
    if (!skipPrefix) printUntrusted(output, `${path} `);
    await printContent(output, await open());
    pathOf.delete(name);
    return pathOf.size === 0 ? "enough" : "more";
  });
  for (const entry of pathOf.keys())
    output.err(renderSafeText(`${nameOfPlace(place)}: ${JSON.stringify(entry)} is named in the results but is not in the tarball.`) + "\n");
}

const isFile = (detail: Detail): detail is Extract<Detail, { readonly kind: "file" }> => detail.kind === "file";

/** A line end is added where the file has none, so that the next one begins on its own line. */
async function printContent(output: Output, body: Readable): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let last = "";
  const print = (text: string): void => {
    if (text === "") return;
    printUntrusted(output, text);
    last = text;
  };
  for await (const chunk of body) print(decoder.write(chunk as Buffer));
  print(decoder.end());
  if (!last.endsWith("\n")) output.out("\n");
}
