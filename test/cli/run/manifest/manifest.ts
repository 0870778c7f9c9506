import { buildRunObjects } from "../../../../cli/run/build/objects.ts";
import { listRunObjects, renderManifest } from "../../../../cli/run/manifest/render-manifest.ts";
import { builtInPlugins } from "../../../../plugins/built-ins.ts";
import { definition, runPlan } from "../../definitions.ts";

const builtIns = builtInPlugins.map(({ names: [name], definition: build }) => build({ name }));

/** The plan of a run with every built-in plugin and one of Sonobuoy's with files. */
export const plan = runPlan([...builtIns, definition({ configMap: { "a.txt": "yes\n" }, resultFiles: ["b.xml"], order: 3, podSpec: { hostPID: true } })]);

/** Its objects, and what `asdic gen` prints of them. */
export const objects = buildRunObjects({ ...plan, served: { core: ["pods"], groups: ["apps"] } });
export const manifest = renderManifest(listRunObjects(objects));
