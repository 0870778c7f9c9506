import type { Json } from "../../contract/json.ts";
import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import { readSensitiveFields } from "../../redaction/objects/sensitive-fields.ts";
import { readList } from "../objects/read-list.ts";
import { parseJson } from "../parse-json.ts";
import type { Asker } from "../requests/ask.ts";
import { RequestFailure } from "../requests/request-failure.ts";

/** Definitions of custom resources that mark fields as secret; none where they may not be read, which the list of their own kind tells. */
export async function readDefinitions(asker: Asker, kinds: readonly SnapshotKind[], signal: AbortSignal): Promise<readonly Json[]> {
  const found = kinds.find(({ group, plural }) => group === definitions.group && plural === definitions.plural);
  if (found === undefined || !kinds.some(isCustom)) return [];
  const apiVersion = `${found.group}/${found.version}`;
  const question = { path: `/apis/${apiVersion}/${found.plural}`, kind: { apiVersion, kind: found.kind }, onDropped: () => undefined, signal };
  const marking: Json[] = [];
  try {
    for await (const items of readList(asker, question))
      for (const { text } of items) {
        const definition = parseJson(text) as Json;
        if (readSensitiveFields(definition).length > 0) marking.push(definition);
      }
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
  }
  return marking;
}

const definitions = { group: "apiextensions.k8s.io", plural: "customresourcedefinitions" };

/** Whether a kind may come from a definition; Kubernetes' own mark nothing. */
export const isCustom = ({ group }: SnapshotKind): boolean => group.includes(".") && !builtIn.test(group);

const builtIn =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|metrics|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;
