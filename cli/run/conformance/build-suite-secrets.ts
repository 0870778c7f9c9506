import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { sshKey } from "../../../plugins/conformance/secrets.ts";
import { buildMetadata } from "../build/metadata.ts";
import type { RunSetup } from "../plan.ts";

/** The Secrets of the suite that no other part of a run makes: its SSH key. */
export const buildSuiteSecrets = (spec: RunSpec, suite: Pick<RunSetup, "sshKey">): readonly KubernetesObject[] =>
  suite.sshKey === undefined
    ? []
    : [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: buildMetadata(spec, sshKey.secret),
          type: sshKey.type,
          data: { [sshKey.key]: Buffer.from(suite.sshKey).toString("base64") },
        },
      ];
