import type { Cluster } from "../../core/cluster/cluster.ts";
import type { BarePlace } from "../../reports/read-tarball.ts";
import type { CommandContext } from "../command-context.ts";
import { createRemoteSource } from "../retrieve/remote-source.ts";
import { findTarball } from "../retrieve/find-tarball.ts";

/** `close` says, where people want to know more, how much of it was read. */
export type OpenedRemote = { readonly place: BarePlace; readonly close: () => Promise<void> };

/** The tarball of the complete run in a namespace, to be read where it is; KnownErrors as findTarball and createRemoteSource. */
export async function openRemote({ output, signal, globalFlags }: CommandContext, cluster: Cluster, namespace: string): Promise<OpenedRemote> {
  const { connection, tarball } = await findTarball(cluster, { namespace, signal, output });
  const source = createRemoteSource({ connection, tarball, signal });
  return {
    place: { name: tarball.name, source },
    async close() {
      await source.close();
      if (globalFlags?.().verbose === true) output.err(`${source.fetched()} of ${tarball.size} bytes of ${tarball.name} were fetched.\n`);
    },
  };
}
