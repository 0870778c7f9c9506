import type { ResultItem } from "../contract/result-item.ts";
import type { GoEvent } from "./go-event.ts";
import type { KeptText } from "./kept-text.ts";
import { createTextBudget, cutText, keepText } from "./kept-text.ts";
import { maxItems, StoppedReading } from "./result-reader.ts";

/**
 * Turns test2json's events into an item a test and subtest, named as Sonobuoy names them, with package, duration in seconds and, unless they passed, what
 * they wrote. A test without an end, a package that failed though no test of it did, and one that began and did not end are failed items.
 */
export function buildGoTree(): { readonly take: (event: GoEvent) => void; readonly end: () => readonly ResultItem[] } {
  const budget = createTextBudget();
  const items: ResultItem[] = [];
  const openTests = new Map<string, OpenTest>();
  const packages = new Map<string, Package>();

  const packageOf = (name: string): Package => {
    const found = packages.get(name) ?? { name, output: keepText(budget), failed: 0, open: 0, isRunning: false };
    packages.set(name, found);
    return found;
  };

  const takeTest = (event: GoEvent): void => {
    const key = `${event.package}\0${event.test}`;
    const found = openTests.get(key);
    const owner = found?.owner ?? packageOf(event.package);
    const test = found ?? { name: event.test, owner, output: keepText(budget) };
    const status = endings.get(event.action);
    if (status === undefined) {
      if (!found) owner.open++;
      openTests.set(key, test);
      test.output.add(event.output);
      return;
    }
    if (found) owner.open--;
    openTests.delete(key);
    if (status === "failed") owner.failed++;
    items.push(buildTest(test, status, event.seconds));
    if (status === "passed") test.output.discard();
  };

  const takePackage = (event: GoEvent): void => {
    const found = packageOf(event.package);
    found.output.add(event.output);
    if (event.action === "start") found.isRunning = true;
    if (!endings.has(event.action)) return;
    found.isRunning = false;
    if (event.action === "fail" && found.failed === 0 && found.open === 0) {
      const broken = packages.get(event.failedBuild) ?? found;
      items.push(buildPackage(found, "The package failed, though none of its tests did.", broken.output));
      found.failed++;
    }
  };

  return {
    take: (event) => {
      if (items.length + openTests.size + packages.size >= maxItems) throw new StoppedReading(`The file has more than ${maxItems} tests.`);
      if (event.test === "") takePackage(event);
      else takeTest(event);
    },
    end: () => {
      for (const test of openTests.values()) items.push(buildTest(test, "unended"));
      for (const found of packages.values())
        if (found.isRunning && found.open === 0) items.push(buildPackage(found, "The package's tests did not end.", found.output));
      return items;
    },
  };
}

type Package = { readonly name: string; readonly output: KeptText; failed: number; open: number; isRunning: boolean };
type OpenTest = { readonly name: string; readonly owner: Package; readonly output: KeptText };

type Ending = "passed" | "failed" | "skipped";

/** No object, which has "constructor" and "__proto__" too. */
const endings: ReadonlyMap<string, Ending> = new Map([
  ["pass", "passed"],
  ["fail", "failed"],
  ["skip", "skipped"],
]);

function buildTest({ name, owner, output }: OpenTest, end: Ending | "unended", seconds?: number): ResultItem {
  const text = end === "passed" ? "" : output.render();
  const reason = end === "skipped" ? text.replaceAll(framing, "").trim() : "";
  const details = {
    ...(owner.name === "" ? {} : { package: cutText(owner.name, 4096) }),
    ...(seconds === undefined ? {} : { duration: seconds }),
    ...(end === "unended" ? { error: "The test did not end." } : {}),
    ...(end === "skipped" ? (reason === "" ? {} : { skipped: reason }) : text === "" ? {} : { failure: text }),
  };
  return { name: cutText(name, 4096), status: end === "unended" ? "failed" : end, ...(Object.keys(details).length === 0 ? {} : { details }) };
}

/** What the testing package writes around a test's own output. */
const framing = /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP):).*$/gm;

function buildPackage({ name }: Package, why: string, output: KeptText): ResultItem {
  const text = output.render();
  return { name: cutText(name, 4096) || "(package)", status: "failed", details: { error: why, ...(text === "" ? {} : { failure: text }) } };
}
