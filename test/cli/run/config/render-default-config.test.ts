import assert from "node:assert/strict";
import { test } from "node:test";
import { configKeys } from "../../../../cli/run/config/config-key.ts";
import { renderDefaultConfig } from "../../../../cli/run/config/render-default-config.ts";
import { assertGolden } from "../../../golden.ts";
import { readLine } from "./config-line.ts";

test("every setting is in it, with what it does", () => assertGolden("cli/config/default.yaml", renderDefaultConfig()));

test("as it is it changes nothing", async () => {
  // A mapping is there even if it says nothing.
  const file = `${renderDefaultConfig()}{}\n`;
  const { config: _config, ...flags } = (await readLine(["--config", "file"], { file })).flags;
  assert.deepEqual(flags, (await readLine([], {})).flags);
});

test("with every setting taken in it is a config file", async () => {
  const file = renderDefaultConfig().replaceAll(/^#(?=\w)/gm, "");
  const { flags } = await readLine(["--config", "file"], { file });
  assert.deepEqual(
    configKeys.map(({ name }) => name).filter((name) => !(name in flags)),
    [],
  );
});
