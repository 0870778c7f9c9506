/** Every JSON that commands print, by the name of its schema, and the command that prints it. */
export const schemaNames = {
  status: "asdic status --json, also with --watch (one a line)",
  "status-all": "asdic status --show-all --json",
  version: "asdic version --json",
  preflight: "asdic preflight --json",
  modes: "asdic modes --json",
  plugins: "asdic plugins list --json",
  "plugins-lint": "asdic plugins lint --json",
  result: "asdic results --mode detailed (one a line)",
  report: "asdic report --format json",
  diff: "asdic diff --format json",
  waivers: "the file that --waivers names (YAML), as `asdic waive` writes it",
} as const;

export type SchemaName = keyof typeof schemaNames;
