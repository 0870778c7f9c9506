import { configKeys, type ConfigKey } from "./config-key.ts";

/** A config file in YAML that changes nothing: every setting as a comment, with what it does and its default, or what may stand there. */
export function renderDefaultConfig(): string {
  const parts: string[] = [];
  let group = "";
  for (const key of configKeys) {
    const heading = key.option.helpGroupHeading?.replace(/:$/, "") ?? "The run";
    if (heading !== group) parts.push(`# ---- ${(group = heading)} ----\n`);
    parts.push([...wrap(describe(key)), `#${key.name}: ${renderSample(key)}`, ""].join("\n"));
  }
  return `${introduction}${parts.join("\n")}`;
}

const introduction = `# Settings for \`asdic run --config FILE\` and \`asdic gen --config FILE\`, which win over defaults; what is typed wins over them.
# To change one, remove the # in front of its name. Files that are named here are looked for in the folder where asdic runs.

`;

const describe = ({ option }: ConfigKey): string => `${option.description}${option.argChoices === undefined ? "" : ` (${option.argChoices.join(", ")})`}`;

/** The default, or where there is none what may stand there, as the help calls it. */
function renderSample({ option, takes, separator }: ConfigKey): string {
  if (takes === "switch") return String(option.negate);
  const placeholder = (/[<[](.*?),?(?:\.\.\.)?[\]>]$/.exec(option.flags)?.[1] ?? option.name()).split(separator ?? "\n");
  if (takes === "list") return separator === undefined ? `[${JSON.stringify(placeholder.join(""))}]` : `{ ${placeholder.map(quote).join(": ")} }`;
  const usual: unknown = option.defaultValue ?? /\(default: ([\w./-]+)\)/.exec(option.description)?.[1] ?? /(\w+), the default\b/.exec(option.description)?.[1];
  return quote(typeof usual === "string" ? usual : (option.argChoices?.[0] ?? placeholder.join("")));
}

/** Only where YAML needs it, in either of its versions. */
const quote = (text: string): string => (/^(?!(?:on|off|yes|no|true|false)$)[\w./-]+$/.test(text) ? text : JSON.stringify(text));

const width = 118;

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (`${line} ${word}`.length > width) {
      lines.push(`#${line}`);
      line = "";
    }
    line += ` ${word}`;
  }
  return [...lines, `#${line}`];
}
