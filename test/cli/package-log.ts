import { registerHooks } from "node:module";

/** Loaded before a program, it prints on exit which packages the program loaded. */
const packages = new Set<string>();
registerHooks({
  load(url, context, nextLoad) {
    const name = /.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/.exec(url)?.groups?.["name"];
    if (name !== undefined) packages.add(name);
    return nextLoad(url, context);
  },
});
process.on("exit", () => process.stderr.write(`packages: ${[...packages].toSorted().join(" ")}\n`));
