import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "../redact.ts";

const psql = (one: string, two: string): string =>
  ` user     |   password    | role\n----------+---------------+-------\n bob      | ${one} | admin\n eve | ${two} | ops\n(2 rows)\n a | b1c2 | c\n`;
const mysql = (one: string, two: string): string =>
  `+----+-------+-----------+\n| id | user  | api_token |\n+----+-------+-----------+\n|  1 | bob7x | ${one} |\n|  2 | eve | ${two} |\n+----+-------+-----------+\n`;
const markdown = (one: string, two: string): string => `| service | password |\n|---------|----------|\n| db1x | ${one} |\n| mq | ${two} |\n`;

const tables: readonly (readonly [program: string, table: (one: string, two: string) => string])[] = [
  ["psql", psql],
  ["mysql", mysql],
  ["Markdown", markdown],
  ["a log with escaped line ends of", (one, two) => `${JSON.stringify({ msg: psql(one, two) })}\n`],
];

for (const [program, table] of tables)
  test(`in a table of ${program} the cells under a secret's name are hidden, and no others`, async () => {
    const { text } = await redact("a.log", table("Oyst3r264VE4xk", "hunter2Xyabc3k3j"));
    assert.equal(text, table("REDACTED", "REDACTED"));
    assert.equal((await redact("a.log", text)).text, text, "a second time changes nothing");
  });

const harmless: readonly string[] = [
  "| Key | Type | Default |\n|-----|------|---------|\n| auth.password | string | x1 |\n",
  "| flag | token |\n|---|---|\n| a | the token to use |\n| b | `v1` |\n",
  "| field | password |\n|---|---|\n| type | string |\n",
  " namespace | secret | key\n-----------+--------+----\n default | app-tls2 | tls.crt\n",
  " user | password_changed | role\n------+------+----\n bob  | 2026-01-01 | admin\n",
  " user | password | role\n------+------+----\n bob  | ******** | admin\n eve |  | x\n",
  " core/token.ts | 12 ++++-+-+--\n 1 file changed\n",
];

for (const text of harmless) test(`nothing of ${JSON.stringify(text)} is a secret`, async () => assert.equal((await redact("a.log", text)).text, text));
