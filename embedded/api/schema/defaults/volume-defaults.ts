import type { JsonObject } from "../../../../core/contract/json.ts";
import type { Fill } from "./change-field.ts";
import { changeEach, changeField, fillField, inField, inOrder, preset, presets } from "./change-field.ts";
import { fillFieldRef } from "./container-defaults.ts";

/** A pod's volume; one that says nothing of its source is an empty folder. */
export function fillVolume(volume: JsonObject): JsonObject {
  const isBare = Object.keys(volume).every((name) => name === "name");
  const sourced = isBare ? { ...volume, emptyDir: {} } : volume;
  return Object.entries(sources).reduce((changed, [name, fill]) => changeField(changed, name, fill), sourced);
}

/** A PersistentVolumeClaim's spec, as an object of its own or as a template. */
export const fillClaimSpec: Fill = inOrder(presets({ volumeMode: "Filesystem" }), (spec) => preset(spec, { resources: {} }));

/** A PersistentVolume's or a pod's folder of the node. */
export const fillHostPath: Fill = presets({ type: "" });

const files: Fill = presets({ defaultMode: 0o644 });
const downward: Fill = (source) => changeEach(source, "items", inOrder(fillFieldRef, inField("resourceFieldRef", presets({ divisor: "0" }))));
const projection: Fill = inOrder(inField("serviceAccountToken", presets({ expirationSeconds: 3600 })), inField("downwardAPI", downward));

const sources: Readonly<Record<string, Fill>> = {
  configMap: files,
  secret: files,
  downwardAPI: inOrder(files, downward),
  projected: inOrder(files, (source) => changeEach(source, "sources", projection)),
  hostPath: fillHostPath,
  ephemeral: inField("volumeClaimTemplate", (template) =>
    fillField(
      fillField(template, "metadata", (metadata) => metadata),
      "spec",
      fillClaimSpec,
    ),
  ),
};
