import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { createProgram } from "../cli/program.ts";
import { renderSchema } from "../cli/schema/render-schema.ts";

/** Where the pages lie; their names are those of the commands, with "-" for each space. */
export const docsFolder = join(import.meta.dirname, "../docs/commands");

/** A page in Markdown for every command and an index of them, by file name; from what `--help` shows, so that both say the same. */
export function renderDocs(): ReadonlyMap<string, string> {
  const program = createProgram({
    output: { out() {}, err() {}, isTerminal: false, columns: 100, colours: false },
    environment: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    cwd: import.meta.dirname,
    setExitCode() {},
  });
  const pages = listCommands(program, []);
  return new Map([["README.md", renderIndex(pages)], ...pages.map((page) => [fileName(page.path), renderPage(page)] as const)]);
}

type Page = { readonly path: readonly string[]; readonly command: CommandUnknownOpts };

const listCommands = (command: CommandUnknownOpts, above: readonly string[]): readonly Page[] => {
  const path = [...above, command.name()];
  return [{ path, command }, ...command.commands.flatMap((child) => listCommands(child, path))];
};

const fileName = (path: readonly string[]): string => `${path.join("-")}.md`;
const written = "<!-- Written by `npm run docs` from what --help shows. -->\n";

const renderIndex = (pages: readonly Page[]): string =>
  `${written}\n# Commands\n\n| command | what it does |\n|---|---|\n${pages.map((page) => `| ${link(page.path)} | ${cell(firstSentence(page.command))} |\n`).join("")}`;

function renderPage({ path, command }: Page): string {
  const help = command.createHelp();
  const named = path.join(" ");
  const parts = [
    written,
    `# ${named}\n`,
    `${command.description()}\n`,
    `\`\`\`\n${[...path.slice(0, -1), command.name(), command.usage()].join(" ").trim()}\n\`\`\`\n`,
    renderTable(
      "Arguments",
      "argument",
      help.visibleArguments(command).map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)]),
    ),
    renderTable(
      "Options",
      "option",
      help.visibleOptions(command).map((option) => [help.optionTerm(option), help.optionDescription(option)]),
    ),
    renderSubcommands({ path, command }),
    renderRest(command),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

const renderTable = (title: string, column: string, rows: readonly (readonly [term: string, description: string])[]): string =>
  rows.length === 0
    ? ""
    : `## ${title}\n\n| ${column} | what it does |\n|---|---|\n${rows.map(([term, description]) => `| \`${term.replaceAll("|", "\\|")}\` | ${cell(description)} |\n`).join("")}`;

const renderSubcommands = ({ path, command }: Page): string =>
  command.commands.length === 0
    ? ""
    : `## Commands\n\n${command.commands.map((child) => `- ${link([...path, child.name()])}: ${firstSentence(child)}\n`).join("")}`;

/** Examples and what else stands behind the options: paragraphs with a title, whose lines are kept as they are. */
function renderRest(command: CommandUnknownOpts): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part), writeErr: () => undefined });
  command.outputHelp();
  const [, ...sections] = text.split(/\n(?=\n[A-Z][^\n]*:\n)/);
  const after = sections.slice(sections.findIndex((section) => /^\nExamples?:\n/.test(section)));
  return after
    .map((section) => {
      const [title = "", ...lines] = section.trim().split("\n");
      return `## ${title.replace(/:$/, "")}\n\n\`\`\`\n${lines.map((line) => line.replace(/^ {2}/, "")).join("\n")}\n\`\`\`\n`;
    })
    .join("\n");
}

const link = (path: readonly string[]): string => `[${path.join(" ")}](${fileName(path)})`;
const firstSentence = (command: CommandUnknownOpts): string => (command.description().split(/(?<=[.:])\s/)[0] ?? "").replace(/:$/, ".");
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");

if (import.meta.main) {
  const pages = renderDocs();
  await mkdir(docsFolder, { recursive: true });
  for (const name of await readdir(docsFolder)) if (!pages.has(name)) await rm(join(docsFolder, name));
  for (const [name, page] of pages) await writeFile(join(docsFolder, name), page);
  await writeFile(join(docsFolder, "../schema/report.schema.json"), renderSchema("report"));
  console.log(`${pages.size} pages in docs/commands, and docs/schema`);
}
