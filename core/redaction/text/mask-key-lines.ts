import { hidden } from "../names/is-harmless.ts";

/**
 * Private keys of which each line stands in a line of JSON of its own, as container runtimes and shippers write logs: the lines' base64 is hidden, all
 * around it stays. The same text where there are none; a key ends after 200 lines at the latest.
 */
export function maskKeyLines(text: string): string {
  if (!text.includes("PRIVATE KEY")) return text;
  let left = 0;
  const lines = text.split("\n").map((line) => {
    if (/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?!.*-----END)/.test(line)) left = longestKey;
    else if (line.includes("-----END ")) left = 0;
    else if (left-- > 0) return line.replaceAll(/(?<=")[A-Za-z0-9+/]{16,76}={0,2}(?=(?:\\[nr]){0,2}")/g, hidden);
    return line;
  });
  return lines.join("\n");
}

const longestKey = 200;
