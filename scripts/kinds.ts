/** What `npm run new` can make: the files of one member of a family, and the lines that make it known. `{{kebab}}`, `{{camel}}`, `{{pascal}}` and `{{plain}}` stand for its name. */
export type Kind = {
  /** Template below scripts/templates → file to write. */
  readonly files: { readonly [template: string]: string };
  readonly lines: readonly (ImportLine | EntryLine | Addition)[];
  /** What is left to do by hand, a sentence each. */
  readonly next: readonly string[];
};

/** A line behind the last import of a file. */
export type ImportLine = { readonly file: string; readonly line: string };

/** An entry at the end of the list or object literal that a constant of the file holds. */
export type EntryLine = { readonly file: string; readonly constant: string; readonly entry: string };

/** Text right behind the first place of a file that matches. */
export type Addition = { readonly file: string; readonly behind: RegExp; readonly text: string };

export const kinds: { readonly [kind: string]: Kind } = {
  plugin: {
    files: {
      "plugin/definition.ts.tpl": "plugins/{{kebab}}/definition.ts",
      "plugin/program.ts.tpl": "plugins/{{kebab}}/program.ts",
      "plugin/program.test.ts.tpl": "test/plugins/{{kebab}}/program.test.ts",
      "plugin/results.yaml.tpl": "test/golden/plugins/{{kebab}}/results.yaml",
    },
    lines: [
      { file: "plugins/built-ins.ts", line: 'import { {{camel}} } from "./{{kebab}}/definition.ts";' },
      {
        file: "plugins/built-ins.ts",
        constant: "builtInPlugins",
        entry: '{ names: ["{{kebab}}"], summary: "Says in one sentence of a list what {{kebab}} finds out.", definition: () => {{camel}} }',
      },
      {
        file: "plugins/main.ts",
        constant: "plugins",
        entry: '"{{kebab}}": { load: async () => (await import("./{{kebab}}/program.ts")).{{camel}}Program, format: "manual" }',
      },
    ],
    next: [
      "Write its summary in plugins/built-ins.ts, and add its name to the list in test/plugins/built-ins.test.ts.",
      "Write plugins/{{kebab}}/program.ts; `npm run golden` takes over what it gives.",
    ],
  },
  cause: {
    files: {
      "cause/cause.ts.tpl": "aggregator/causes/{{kebab}}.ts",
      "cause/cause.test.ts.tpl": "test/aggregator/causes/{{kebab}}.test.ts",
      "cause/pod.json.tpl": "test/fixtures/causes/{{kebab}}.json",
    },
    lines: [
      { file: "aggregator/causes/all.ts", line: 'import { {{camel}} } from "./{{kebab}}.ts";' },
      { file: "aggregator/causes/all.ts", constant: "allCauses", entry: "{{camel}}" },
    ],
    next: [
      "Put a real pod in test/fixtures/causes/{{kebab}}.json (`kubectl get pod -o json`), with its events where they tell more.",
      "Add its row to test/aggregator/causes/diagnose.test.ts.",
      "Move its line in aggregator/causes/all.ts: the most telling cause comes first.",
    ],
  },
  "lint-rule": {
    files: {
      "lint-rule/rule.ts.tpl": "cli/plugins/lint/rules/{{kebab}}.ts",
      "lint-rule/fixture.yaml.tpl": "test/fixtures/plugins/lint/{{kebab}}.yaml",
    },
    lines: [
      { file: "cli/plugins/lint/rules.ts", line: 'import { {{camel}} } from "./rules/{{kebab}}.ts";' },
      { file: "cli/plugins/lint/rules.ts", constant: "lintRules", entry: "{{camel}}" },
    ],
    next: [
      "Break the rule in test/fixtures/plugins/lint/{{kebab}}.yaml, and nothing else; `npm run golden` takes over what is found.",
      "Move its line in cli/plugins/lint/rules.ts if it is an error that tells more than others at the same place.",
    ],
  },
  "report-format": {
    files: { "report-format/render.ts.tpl": "reports/{{kebab}}/render.ts" },
    lines: [
      { file: "reports/formats.ts", line: 'import { render{{pascal}} } from "./{{kebab}}/render.ts";' },
      { file: "reports/formats.ts", constant: "formats", entry: '"{{kebab}}": { mediaType: "text/plain", extension: "{{plain}}", render: render{{pascal}} }' },
      { file: "reports/format-names.ts", constant: "formatNames", entry: '"{{kebab}}"' },
    ],
    next: [
      "Set its media type and extension in reports/formats.ts.",
      "`npm run golden` makes its golden; test/reports/formats.test.ts holds what every format must do.",
    ],
  },
  "result-format": {
    files: {
      "result-format/read.ts.tpl": "core/results/{{kebab}}.ts",
      "result-format/read.test.ts.tpl": "test/core/results/{{kebab}}.test.ts",
      "result-format/sample.txt.tpl": "test/fixtures/results/{{kebab}}.txt",
    },
    lines: [
      { file: "core/contract/plugin-definition.ts", behind: /export type ResultFormat = [^;]*/, text: ' | "{{kebab}}"' },
      { file: "core/contract/plugin-definition.ts", behind: /z\.enum\(\["junit"[^\]]*/, text: ', "{{kebab}}"' },
      { file: "core/contract/plugin-definition.ts", behind: /"must be junit, [^"]*/, text: " or {{kebab}}" },
      { file: "core/results/read-result-file.ts", line: 'import { read{{pascal}} } from "./{{kebab}}.ts";' },
      { file: "core/results/read-result-file.ts", constant: "readers", entry: '"{{kebab}}": read{{pascal}}' },
      { file: "core/results/select-result-files.ts", constant: "suffixes", entry: '"{{kebab}}": [".txt"]' },
    ],
    next: [
      "Put a real file in test/fixtures/results/{{kebab}}.txt, with its source in test/fixtures/SOURCES.md.",
      "Set the suffix of its files in core/results/select-result-files.ts.",
      "Sonobuoy does not know the format: only files with `apiVersion: asdic/v1` should name it.",
    ],
  },
};
