import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import { cleanXml } from "./clean-xml.ts";
import { buildJunitTree } from "./junit-tree.ts";
import type { FileContent } from "./read-result-file.ts";
import type { ResultReader } from "./result-reader.ts";
import { feedReader, markUnread, StoppedReading } from "./result-reader.ts";

/**
 * Reads JUnit: `testsuites` or a single `testsuite` at the root, suites in suites. A DOCTYPE is passed over and declares nothing. Well-formed XML of another
 * kind is skipped with a reason; what is malformed is given as far as it was read, with a failed item that names line and column.
 */
export const readJunit = (body: Readable): Promise<FileContent> => feedReader(createJunitReader(), body);

function createJunitReader(): ResultReader {
  const parser = new SaxesParser();
  const tree = buildJunitTree();
  const xml = cleanXml();
  let depth = 0;
  let length = 0;
  let lengthAtEvent = 0;
  let closedAt = -1;
  let isClosing = false;
  parser.on("error", (error) => {
    // saxes closes a tag before it complains that another was to be closed.
    if (!isClosing && parser.position === closedAt) tree.doubtLast();
    throw new StoppedReading(`The XML is malformed at line:column ${error.message}`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    lengthAtEvent = length;
    depth++;
    if (depth > maxDepth) throw new StoppedReading(`The XML has more than ${maxDepth} elements inside each other.`);
    tree.open(localName(name), attributes, depth);
  });
  parser.on("closetag", () => {
    lengthAtEvent = length;
    tree.close(depth);
    depth--;
    closedAt = parser.position;
  });
  for (const event of ["text", "cdata"] as const)
    parser.on(event, (text) => {
      lengthAtEvent = length;
      tree.text(text);
    });
  const parse = (text: string): void => {
    length += text.length;
    parser.write(text);
    // saxes holds on to whatever it has not finished.
    if (length - lengthAtEvent > maxToken) throw new StoppedReading(`The XML has more than ${maxToken} characters in one piece.`);
  };
  return {
    write: (text) => parse(xml.clean(text)),
    end: (problem) => {
      const found = problem ?? findProblem();
      const content = tree.end(found === undefined ? "whole" : "cut");
      return found === undefined ? content : markUnread(content, found);
    },
  };

  function findProblem(): string | undefined {
    try {
      parse(xml.rest());
      if (length === 0) return "The file is empty.";
      isClosing = true;
      parser.close();
      return undefined;
    } catch (error) {
      if (error instanceof StoppedReading) return error.message;
      throw error;
    }
  }
}

const maxDepth = 100;
const maxToken = 64 * 1024 ** 2;

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);
