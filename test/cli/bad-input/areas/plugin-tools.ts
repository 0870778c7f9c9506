import type { Area } from "../bad-case.ts";

const good = "sonobuoy-config:\n  driver: Job\n  plugin-name: mine\nspec:\n  image: registry.asdic.test/mine:v1\n";

/** `asdic plugins`: what makes, keeps and checks files of plugins. */
export const pluginTools: Area = {
  name: "plugin-tools",
  files: { "tools/good.yaml": good, "tools/bad.yaml": good.replace("Job", "Cron"), "tools/full/readme.txt": "x\n", "tools/empty": undefined },
  cases: [
    { call: "plugins new Bad_Name" },
    { call: "plugins new smoke" },
    { call: "plugins new disk -o tools/full" },
    { call: "plugins new disk -o tools/good.yaml" },
    { call: "plugins new disk --type Cron" },
    { call: ["plugins", "new", "disk", "--image", "an image"] },
    { call: "plugins install Bad_Name tools/good.yaml" },
    { call: "plugins install smoke tools/good.yaml" },
    { call: "plugins install mine no-such.yaml" },
    { call: "plugins install mine tools/bad.yaml" },
    { call: "plugins install mine tools" },
    { call: "plugins install mine tools/good.yaml --sha256 abc" },
    { call: `plugins install mine tools/good.yaml --sha256 ${"0".repeat(64)}` },
    { call: "plugins install mine http://127.0.0.1:1/plugin.yaml" },
    { call: "plugins install mine -", input: "", place: "-:" },
    { call: "plugins uninstall nobody" },
    { call: "plugins uninstall smoke nobody" },
    { call: "plugins show tools/empty" },
  ],
};
