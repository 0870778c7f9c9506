import type { Finding } from "../../core/contract/report/finding.ts";
import type { Waiver } from "../../core/contract/report/waiver-file.ts";
import { fitsGlob } from "./fits-glob.ts";

/** Whether a waiver is for this finding, expired or not: all that it names is fitting. */
export function fitsWaiver({ id, fingerprint, object = {} }: Waiver, finding: Finding): boolean {
  if (fingerprint !== undefined && fingerprint !== finding.fingerprint) return false;
  const wanted: readonly (readonly [pattern: string | undefined, text: string | undefined])[] = [
    [id, finding.id],
    [object.plugin, finding.plugin],
    [object.node, finding.node ?? finding.object?.node],
    [object.kind, finding.object?.kind],
    [object.namespace, finding.object?.namespace],
    [object.name, finding.object?.name],
  ];
  return wanted.every(([pattern, text]) => pattern === undefined || (text !== undefined && fitsGlob(pattern, text)));
}
