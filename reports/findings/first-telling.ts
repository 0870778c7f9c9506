/** The first line of a text that says something, in at most 1,000 characters; "" where there is none. Ginkgo puts a place in its own source first. */
export function firstTelling(text: string): string {
  const head = text.slice(0, searched);
  const lines = head.split("\n").map((line) => line.trim());
  const line = (lines.find((found) => found !== "" && !isLocation(found)) ?? lines.find((found) => found !== "") ?? "").replace(preamble, "");
  return line.length <= longest ? line.toWellFormed() : `${line.slice(0, longest).toWellFormed()}…`;
}

/** The state and the time that Kubernetes' own suite puts first, which differ from run to run. */
const preamble = /^(?:\[[A-Z ]+\] )?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\.\d+: )?(?=\S)/;

const searched = 16_384;
const longest = 1000;

/** A place in Go source alone, with or without ginkgo's own words and time around it. */
const isLocation = (line: string): boolean => /^(?:\[FAILED\] )?(?:\/\S+|\S+)\.go:\d+(?: \+0x[0-9a-f]+)?$/.test(line);
