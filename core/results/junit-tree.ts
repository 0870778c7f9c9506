import type { ResultItem } from "../contract/result-item.ts";
import { buildJunitTest } from "./junit-test.ts";
import { createTextBudget, cutText, keepText } from "./kept-text.ts";
import type { KeptText, TextBudget } from "./kept-text.ts";
import type { FileContent } from "./read-result-file.ts";
import { maxItems, StoppedReading } from "./result-reader.ts";

type Attributes = { readonly [name: string]: string };

/** Texts and facts of an open suite or test; `items` and `suites` only grow in suites. */
export type JunitFrame = {
  readonly kind: "file" | "suite" | "test";
  readonly depth: number;
  readonly attributes: Attributes;
  readonly position: number;
  readonly texts: Map<string, KeptText>;
  /** `type` attributes of failures and errors. */
  readonly types: Map<string, string>;
  readonly properties: Map<string, string>;
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
  let textElement: { readonly depth: number; readonly text: KeptText } | undefined;
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
      else if (textNames.has(name) && current.kind !== "file") textElement = { depth, text: openText(current, { name, attributes, budget }) };
    },
    text: (text) => textElement?.text.add(text),
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
  texts: new Map(),
  types: new Map(),
  properties: new Map(),
  items: [],
  suites: 0,
});

/** A second text of the same kind goes on in a new line. Of the message attribute and the content, both are kept unless one begins with the other. */
function openText(
  frame: JunitFrame,
  { name, attributes, budget }: { readonly name: string; readonly attributes: Attributes; readonly budget: TextBudget },
): KeptText {
  const known = frame.texts.get(name);
  const text = known ?? keepText(budget);
  if (known) known.add("\n");
  frame.texts.set(name, text);
  const { message = "", type = "" } = attributes;
  if (type !== "" && !frame.types.has(name)) frame.types.set(name, cutText(type, 200));
  if (message !== "") text.add(message);
  return message === "" ? text : separate(text, message);
}

function separate(text: KeptText, message: string): KeptText {
  let isFirst = true;
  return {
    ...text,
    add: (added) => {
      const rest = isFirst && added.startsWith(message) ? added.slice(message.length) : isFirst ? ` ${added}` : added;
      isFirst = false;
      text.add(rest);
    },
  };
}

const maxProperties = 200;

function addProperty(frame: JunitFrame, { name = "", value = "" }: Attributes): void {
  if (frame.kind === "suite" && frame.properties.size < maxProperties && name !== "") frame.properties.set(cutText(name, 200), cutText(value, 4096));
}

/** A suite that ran nothing is neither passed nor failed; Sonobuoy counts it as a passed test. */
function buildSuite(frame: JunitFrame, state: "whole" | "cut"): ResultItem {
  const { attributes, position, properties } = frame;
  const { timestamp = "" } = attributes;
  const name = attributes["name"] ? cutText(attributes["name"], 4096) : `testsuite-${String(position).padStart(3, "0")}`;
  // Some runners say in the suite itself that it could not be set up.
  const own = frame.texts.has("failure") || frame.texts.has("error") ? [{ ...buildJunitTest({ ...frame, attributes: {} }, state), name }] : [];
  const items = [...own, ...frame.items];
  if (items.length === 0) return state === "whole" ? { name, status: "skipped", details: { skipped: "The suite has no tests." } } : { name, status: "unknown" };
  // Text, because Sonobuoy's reader can't turn a map within details into JSON.
  const details = {
    ...(timestamp === "" ? {} : { timestamp: cutText(timestamp, 100) }),
    ...(properties.size === 0 ? {} : { properties: [...properties].map((property) => property.join("=")).join("\n") }),
  };
  return { name, status: "", ...(Object.keys(details).length === 0 ? {} : { details }), items };
}
