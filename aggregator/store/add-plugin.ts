import { readFile } from "node:fs/promises";
import type { ArchiveWriter } from "../../core/archive/write-archive.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import type { NodeResults } from "../../core/results/build-result-tree.ts";
import { buildResultTree } from "../../core/results/build-result-tree.ts";
import { renderResultTree } from "../../core/results/result-yaml.ts";
import type { FileTally } from "../../core/redaction/redaction-report.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import { itemsPath } from "./process-result.ts";
import { readDistinctFiles } from "./read-upload.ts";
import type { SealInput } from "./seal-input.ts";

/** Adds all of a plugin to the tarball: definition, results, errors, and the tree of what they mean. */
export async function addPlugin(archive: ArchiveWriter, definition: PluginDefinition, input: SealInput): Promise<void> {
  const nodes: NodeResults[] = [];
  await archive.add(tarballPaths.definition(definition.name), `${JSON.stringify(buildDefinitionFile(definition, input), null, 2)}\n`);
  for (const result of input.results.ofPlugin(definition.name).toSorted((a, b) => (a.node < b.node ? -1 : 1)))
    nodes.push(await addResult(archive, result, input));
  const tree = buildResultTree({ plugin: definition.name, driver: definition.driver, nodes });
  await archive.add(tarballPaths.resultTree(definition.name), renderResultTree(tree));
}

async function addResult(archive: ArchiveWriter, result: ExpectedResult, input: SealInput): Promise<NodeResults> {
  const { plugin, node, upload, problem, state } = result;
  if (upload) await addUpload(archive, result, input);
  const files = upload ? parseItems(await readItems(itemsPath(input.spoolFolder, upload))) : [];
  if (!problem) return { node, files };
  if (state === "skipped") return { node, files: [{ name: problem.code, status: "skipped", details: { skipped: problem.message } }] };
  const path = tarballPaths.error(plugin, node);
  const { message: error, ...rest } = problem;
  const file = { error, ...rest };
  await archive.add(path, `${JSON.stringify(file, null, 2)}\n`);
  return { node, files, error: { ...file, path: path.slice(`plugins/${plugin}/`.length) } };
}

async function addUpload(archive: ArchiveWriter, { plugin, node, upload }: ExpectedResult, input: SealInput): Promise<void> {
  if (!upload) return;
  const folder = tarballPaths.results(plugin, node);
  // A worker speaks for its own files only.
  const onReport = (tallies: readonly FileTally[]): void => {
    for (const tally of tallies) input.redaction.tallies.add(tally.name.startsWith(`${folder}/`) ? tally : { ...tally, name: folder });
  };
  for await (const { name, size, body, segments } of readDistinctFiles(upload, input.spoolFolder, onReport)) {
    const path = `${folder}/${name}`;
    await (segments ? archive.addPacked(path, size, segments) : archive.addStream(path, size, body));
  }
}

/** In the shape that Sonobuoy gives it: the driver's fields around the plugin's file. */
const buildDefinitionFile = (definition: PluginDefinition, { spec }: SealInput): object => ({
  Definition: {
    "sonobuoy-config": {
      driver: definition.driver,
      "plugin-name": definition.name,
      "result-format": definition.resultFormat,
      ...(definition.resultFiles.length > 0 && { "result-files": definition.resultFiles }),
      ...(definition.skipCleanup && { "skip-cleanup": true }),
      ...(definition.order !== 0 && { order: definition.order }),
      ...(definition.description !== undefined && { description: definition.description }),
      ...(definition.sourceUrl !== undefined && { "source-url": definition.sourceUrl }),
    },
    spec: definition.container,
    ...(definition.podSpec && { podSpec: definition.podSpec }),
    ...(definition.extraVolumes.length > 0 && { "extra-volumes": definition.extraVolumes }),
    ...(Object.keys(definition.configMap).length > 0 && { "config-map": definition.configMap }),
    ...(definition.needs && { needs: definition.needs }),
    ...(definition.secrets && { secrets: definition.secrets }),
  },
  SessionID: spec.runId,
  Namespace: spec.namespace,
  SonobuoyImage: spec.image,
  ImagePullPolicy: spec.imagePullPolicy,
});

/** None where the result could not be read, which its problem says. */
const readItems = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "[]");

/** Written by process-result.ts a moment ago. */
const parseItems = (text: string): readonly ResultItem[] => JSON.parse(text) as readonly ResultItem[];
