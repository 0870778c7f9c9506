import { pluginSchema } from "../../../core/contract/plugin-schema.ts";
import { renderDockerfile } from "./render-dockerfile.ts";
import { renderReadme } from "./render-readme.ts";
import { renderScript } from "./render-script.ts";
import { renderTest } from "./render-test.ts";
import { renderStartFile } from "./render-start-file.ts";

/** What a new plugin is to be. */
export type NewPlugin = {
  readonly name: string;
  readonly driver: "Job" | "DaemonSet";
  /** Whether it asks the cluster's API something. */
  readonly usesApi: boolean;
  readonly image: string;
};

/** A file of a new plugin's folder. */
export type NewFile = { readonly name: string; readonly text: string; readonly isProgram?: true };

/** All files of a new plugin's folder: it can be run, built and tested as it is. */
export const buildPluginFolder = (plugin: NewPlugin): readonly NewFile[] => [
  { name: "plugin.yaml", text: renderStartFile(plugin) },
  { name: "run.sh", text: renderScript(plugin), isProgram: true },
  { name: "Dockerfile", text: renderDockerfile(plugin) },
  { name: "test.mjs", text: renderTest(plugin), isProgram: true },
  { name: "README.md", text: renderReadme(plugin) },
  { name: schemaFile, text: `${JSON.stringify(pluginSchema("asdic/v1"), null, 2)}\n` },
];

/** Named in the first line of plugin.yaml, so that editors know the fields. */
const schemaFile = "plugin.schema.json";
