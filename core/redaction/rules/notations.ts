import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Found, Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Names and values in notations in which neither a colon nor an equals sign stands between the two. */
export const notationRules: readonly Rule[] = [
  {
    id: "set-to-value",
    reason: "a sentence that a name was set to a value",
    literals: [" to '", ' to "'],
    window: 400,
    pattern: /(?<=set [\w.-]{3,80}) to ["'](?<secret>[^"'\n]{4,200})["']/diy,
    accept: isNamedSecret(/set ([\w.-]{3,80})$/i, " to "),
    examples: { hidden: ["set DB_PASSWORD to '«hunter2x»'"], kept: ["set LOG_LEVEL to 'debug'", "set token_ttl to '3600s'"] },
  },
  {
    id: "table-cells",
    reason: "name and value as two cells of a table of HTML",
    literals: ["</td><td"],
    window: 400,
    pattern: /<\/td><td(?: [^<>]{0,60})?>(?<secret>[^<>\n]{1,200})<\/td>/dy,
    accept: isNamedSecret(/>([\w.-]{3,80})$/, "</td>"),
    examples: { hidden: ["<tr><td>DB_PASSWORD</td><td>«hunter2x»</td></tr>"], kept: ["<tr><td>DB_HOST</td><td>db1</td></tr>"] },
  },
  {
    id: "telemetry-attribute",
    reason: "an attribute of OpenTelemetry, whose value says its type",
    literals: ['"stringvalue":'],
    window: 400,
    pattern: /"stringValue":\s?"(?<secret>[^"\n]{1,200})"/dy,
    accept: isNamedSecret(/"key":\s?"([\w.-]{3,80})",\s{0,20}"value":\s?\{\s{0,20}$/, '"stringValue"'),
    examples: { hidden: ['{"key":"app.db.password","value":{"stringValue":"«hunter2x»"}}'], kept: ['{"key":"app.db.host","value":{"stringValue":"db1"}}'] },
  },
  {
    id: "wrapped-value",
    reason: "a value without quotes in Scala's and Rust's Some()",
    literals: ["=some("],
    window: 300,
    pattern: /=Some\((?<secret>[^\s()"',]{4,200})\)/dy,
    accept: isNamedSecret(/([\w.-]{3,80})$/, "=Some"),
    examples: { hidden: ["Config(db,password=Some(«hunter2x»),5432)"], kept: ["Config(host=Some(db1x))"] },
  },
  {
    id: "inserted-row",
    reason: "a row that a statement of SQL inserts, with a column for a secret",
    literals: [") values (", ") values("],
    window: 900,
    pattern: /\) values ?\((?<secret>[^()\n]{1,600})\)/diy,
    accept: (found) => hasSecretColumn(found.text.slice(Math.max(0, found.literalAt - 400), found.literalAt)) && /'[^']{4,}'/.test(secretOf(found)),
    examples: {
      hidden: [`INSERT INTO "users" ("name", "db_password") VALUES («'bob', 'hunter2x'»)`],
      kept: ["INSERT INTO users (name, mail_count) VALUES ('bob', '12345')", "INSERT INTO t (password) VALUES (?)"],
    },
  },
];

/** Whether what stands behind the mark belongs to the name in front of it, and that names a secret. */
function isNamedSecret(name: RegExp, mark: string): (found: Found) => boolean {
  return (found) => {
    const at = found.text.lastIndexOf(mark, found.start - 1);
    const sense = senseOf(name.exec(found.text.slice(Math.max(0, at - 120), at))?.[1] ?? "");
    return sense !== undefined && isPlausible(secretOf(found), sense, "field");
  };
}

function hasSecretColumn(before: string): boolean {
  const columns = before.slice(before.lastIndexOf("(") + 1).split(",");
  return columns.some((column) => ["password", "secret"].includes(senseOf(column.trim().replaceAll(/["`[\]]/g, "")) ?? ""));
}
