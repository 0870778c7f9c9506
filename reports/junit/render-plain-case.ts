import type { JunitCase } from "./junit-suite.ts";
import { seconds } from "./seconds.ts";
import { xmlText } from "./xml-text.ts";

/** The element of a case that passed or was skipped and says nothing else; of large suites these are nearly all, and a tree of objects for them takes twice as long. */
export function renderPlainCase({ name, className, time = 0, file, ending }: JunitCase): string {
  const place = file === undefined ? "" : attribute("file", file);
  const head = `<testcase${attribute("name", name)}${attribute("classname", className)} time="${seconds(time)}"${place}`;
  if (ending.kind !== "skipped") return `${head}/>`;
  return `${head}><skipped${ending.message === "" ? "" : attribute("message", ending.message)}/></testcase>`;
}

const attribute = (name: string, value: string): string =>
  ` ${name}="${unusual.test(value) ? xmlText(value).replaceAll(special, (character) => entities[character] ?? "") : value}"`;

// eslint-disable-next-line no-control-regex -- control characters are what it is for
const unusual = /[\u0000-\u001f"&<>\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;
const special = /[&<>"\r\n\t]/g;
const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
  "\n": "&#xA;",
  "\t": "&#x9;",
};
