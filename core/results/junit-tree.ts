import type { ResultItem } from "../contract/result-item.ts";
import { buildJunitTest } from "./junit-test.ts";
import { createTextBudget, cutText, keepText } from "./kept-text.ts";
import type { KeptText, TextBudget } from "./kept-text.ts";
import type { FileContent } from "./read-result-file.ts";
import { maxItems, StoppedReading } from "./result-reader.ts";

type Attributes = { readonly [name: string]: string };

/** Texts and facts of an open suite or test, made when the first comes, since most tests have none; `items` and `suites` only grow in suites. */
export type JunitFrame = {
  readonly kind: "file" | "suite" | "test";
  readonly depth: number;
  readonly attributes: Attributes;
  readonly position: number;
  isSkipped: boolean;
  isFailed: boolean;
  texts?: Map<string, KeptText>;
  /** `type` attributes of failures and errors. */
  types?: Map<string, string>;
  properties?: Map<string, string>;
  readonly items: ResultItem[];
  suites: number;
};

/** Puts JUnit's elements together as they open and close; depth 1 is the root. Names are without a namespace's prefix. */
export function buildJunitTree(): {
  readonly open: (name: string, attributes: Attributes, depth: number) => void;
  readonly text: (text: string) => void;
  readonly close: (depth: number) => void;
  /** What was closed last was not closed rightly, so it is not to be called passed. */
  readonly doubtLast: () => void;
  readonly end: (state: "whole" | "cut") => FileContent;
} {
  const budget = createTextBudget();
  const file = createFrame("file", {}, { depth: 0, position: 0 });
  const frames: JunitFrame[] = [file];
  let current = file;
  let textElement: OpenText | undefined;
  let foreignRoot: string | undefined;
  let count = 0;

  const enter = (frame: JunitFrame): void => {
    if (++count > maxItems) throw new StoppedReading(`The file has more than ${maxItems} suites and tests.`);
    frames.push(frame);
    current = frame;
  };
  const leave = (state: "whole" | "cut"): void => {
    const frame = frames.pop();
    current = frames.at(-1) ?? file;
    if (frame) current.items.push(frame.kind === "test" ? buildJunitTest(frame, state) : buildSuite(frame, state));
  };

  return {
    open: (name, attributes, depth) => {
      if (depth === 1 && name !== "testsuites" && name !== "testsuite") foreignRoot = name;
      if (foreignRoot !== undefined || textElement) return;
      if (current.kind === "test" && (name === "testsuite" || name === "testcase")) return;
      if (name === "testsuite") enter(createFrame("suite", attributes, { depth, position: ++current.suites }));
      else if (name === "testcase") enter(createFrame("test", attributes, { depth, position: current.items.length + 1 }));
      else if (name === "property") addProperty(current, attributes);
      else if (textNames.has(name) && current.kind !== "file") textElement = openText(current, { name, attributes, depth, budget });
    },
    text: (text) => {
      if (textElement) addText(current, textElement, text);
    },
    close: (depth) => {
      if (textElement?.depth === depth) textElement = undefined;
      else if (current.kind !== "file" && current.depth === depth) leave("whole");
    },
    doubtLast: () => {
      const last = current.items.at(-1);
      if (last?.status === "passed") current.items[current.items.length - 1] = { ...last, status: "unknown" };
    },
    end: (state) => {
      for (let open = frames.length - 1; open > 0; open--) leave("cut");
      if (foreignRoot !== undefined && state === "whole")
        return { status: "skipped", details: { skipped: `This is no JUnit file: its root element is ${cutText(foreignRoot, 100)}.` } };
      return { items: file.items };
    },
  };
}

const textNames: ReadonlySet<string> = new Set(["skipped", "failure", "error", "system-out", "system-err"]);

const createFrame = (kind: JunitFrame["kind"], attributes: Attributes, { depth, position }: Pick<JunitFrame, "depth" | "position">): JunitFrame => ({
  kind,
  depth,
  attributes,
  position,
  isSkipped: false,
  isFailed: false,
  items: [],
  suites: 0,
});

/** The text that is being read; `told` is a message attribute that its beginning may repeat. */
type OpenText = { readonly depth: number; readonly name: string; readonly budget: TextBudget; told: string };

/** A second text of the same kind goes on in a new line. Of the message attribute and the content, both are kept unless one begins with the other. */
function openText(frame: JunitFrame, { attributes, ...element }: Omit<OpenText, "told"> & { readonly attributes: Attributes }): OpenText {
  const { name } = element;
  if (name === "skipped") frame.isSkipped = true;
  else if (name === "failure" || name === "error") frame.isFailed = true;
  frame.texts?.get(name)?.add("\n");
  const { message = "", type = "" } = attributes;
  if (type !== "" && frame.types?.has(name) !== true) (frame.types ??= new Map()).set(name, cutText(type, 200));
  if (message !== "") textOf(frame, element).add(message);
  return { ...element, told: message };
}

function addText(frame: JunitFrame, element: OpenText, text: string): void {
  const { told } = element;
  const added = told === "" ? text : text.startsWith(told) ? text.slice(told.length) : ` ${text}`;
  element.told = "";
  if (added !== "") textOf(frame, element).add(added);
}

function textOf(frame: JunitFrame, { name, budget }: Pick<OpenText, "name" | "budget">): KeptText {
  const texts = (frame.texts ??= new Map());
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = keepText(budget);
  texts.set(name, text);
  return text;
}

const maxProperties = 200;

function addProperty(frame: JunitFrame, { name = "", value = "" }: Attributes): void {
  if (frame.kind !== "suite" || name === "") return;
  const properties = (frame.properties ??= new Map());
  if (properties.size < maxProperties) properties.set(cutText(name, 200), cutText(value, 4096));
}

/** A suite that ran nothing is neither passed nor failed; Sonobuoy counts it as a passed test. */
function buildSuite(frame: JunitFrame, state: "whole" | "cut"): ResultItem {
  const { attributes, position, properties = new Map<string, string>() } = frame;
  const { timestamp = "" } = attributes;
  const name = attributes["name"] ? cutText(attributes["name"], 4096) : `testsuite-${String(position).padStart(3, "0")}`;
  // Some runners say in the suite itself that it could not be set up.
  const own = frame.isFailed ? [{ ...buildJunitTest({ ...frame, attributes: {} }, state), name }] : [];
  const items = [...own, ...frame.items];
  if (items.length === 0) return state === "whole" ? { name, status: "skipped", details: { skipped: "The suite has no tests." } } : { name, status: "unknown" };
  // Text, because Sonobuoy's reader can't turn a map within details into JSON.
  const details = {
    ...(timestamp === "" ? {} : { timestamp: cutText(timestamp, 100) }),
    ...(properties.size === 0 ? {} : { properties: [...properties].map((property) => property.join("=")).join("\n") }),
  };
  return { name, status: "", ...(Object.keys(details).length === 0 ? {} : { details }), items };
}
