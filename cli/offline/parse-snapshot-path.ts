/** A file with objects of one kind: `entry` is its name in the tarball, `file` the kind's (`apps_v1_deployments`), namespace empty for kinds that have none. */
export type ListFile = { readonly entry: string; readonly file: string; readonly namespace: string };

/** A container's log. */
export type LogFile = { readonly entry: string; readonly namespace: string; readonly pod: string; readonly container: string; readonly isPrevious: boolean };

/** What a file of a snapshot is by its path, in Sonobuoy's layouts too; undefined for what holds neither objects nor a log. */
export function parseSnapshotPath(entry: string, path: string): ListFile | LogFile | undefined {
  const [, ofNamespace, listFile] = /^resources\/(?:ns\/([^/]+)|cluster|non-ns)\/([^/]+)\.json$/.exec(path) ?? [];
  if (listFile !== undefined) return { entry, file: listFile, namespace: ofNamespace ?? "" };
  const [, namespace, pod, container, previous] = /^podlogs\/([^/]+)\/([^/]+)\/logs\/([^/]+?)(\.previous)?\.txt$/.exec(path) ?? [];
  if (namespace === undefined || pod === undefined || container === undefined) return undefined;
  return { entry, namespace, pod, container, isPrevious: previous !== undefined };
}
