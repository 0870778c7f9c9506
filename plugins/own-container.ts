import type { JsonObject } from "../core/contract/json.ts";
import { imageUser } from "../core/contract/names.ts";

/** A container of our own image that runs one program of plugins/main.ts within Pod Security's `restricted`. */
export const buildOwnContainer = ({ name, image, programArguments, env = [] }: OwnContainer): JsonObject => ({
  name,
  image,
  imagePullPolicy: "IfNotPresent",
  command: ["/nodejs/bin/node", "/asdic/plugins/main.js", ...programArguments],
  env,
  resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "384Mi" } },
  securityContext: {
    runAsNonRoot: true,
    runAsUser: imageUser,
    runAsGroup: imageUser,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
});

type OwnContainer = {
  readonly name: string;
  readonly image: string;
  /** The program's name, then its own arguments. */
  readonly programArguments: readonly [string, ...string[]];
  readonly env?: readonly JsonObject[];
};

/** Stands for the run's image in a definition; the launcher fills it in. */
export const runImage = "$ASDIC_IMAGE";

/** Our programs write `done` by a rename as their last act, so a worker needn't wait for it to settle. */
export const noSettling: JsonObject = { name: "SONOBUOY_DONE_FILE_DELAY", value: "0s" };
