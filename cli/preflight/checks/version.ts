import type { Check } from "../check.ts";

/** `asdic delete` reads all kinds in a form that 1.27 brought. */
const oldest = 27;
/** The newest that the end-to-end tests have seen. */
const newestTested = 36;

/** Whether the server is of a version that asdic knows. */
export const version: Check = {
  code: "version",
  sonobuoyName: "versioncheck",
  run: ({ plan }) => {
    const { serverVersion } = plan.spec;
    const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(serverVersion) ?? [];
    const tested = `tested with v1.${oldest} to v1.${newestTested}`;
    const problem = (severity: "error" | "warning", sentence: string, fix: string) => Promise.resolve({ seen, problems: [{ severity, sentence, fix }] });
    const seen = `The server is ${serverVersion}.`;
    if (major === undefined || minor === undefined)
      return problem("warning", `The server's version ${serverVersion} can't be compared.`, `This asdic is ${tested}.`);
    if (major !== "1" || Number(minor) > newestTested)
      return problem("warning", `The server's version ${serverVersion} is newer than this asdic knows.`, `It is ${tested}; a newer asdic may know it.`);
    if (Number(minor) < oldest)
      return problem("error", `The server's version ${serverVersion} is too old.`, `asdic needs v1.${oldest} or newer; an older cluster has to be upgraded.`);
    return Promise.resolve({ seen, problems: [] });
  },
};
