import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGolden } from "../../golden.ts";
import { refuseLine } from "./plan-line.ts";

const refused: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [["--plugin-timeout", "job=1h"], /^--plugin-timeout job=1h: there is no plugin "job" in this run\.\nThe plugins of this run: node-facts, smoke\./],
  [["--plugin-timeout", "smoke=8h"], /^--plugin-timeout smoke: is longer than the whole run may take\.\nGive the run more time with --timeout/],
  [["--service-account-name", "mine"], /^--service-account-name mine: no plugin of this run runs as that account\./],
  [["--existing-service-account"], /^--existing-service-account: no plugin of this run runs as that account\./],
  [["-p", "job.yaml", "--pod-security", "restricted"], /^--pod-security restricted: job needs baseline: .*\nLeave --pod-security out to get baseline/],
  [["-p", "job.yaml", "every.yaml", "--pod-security", "baseline"], /^--pod-security baseline: every needs privileged: the pod uses hostNetwork; /],
  [
    ["--security-context-mode", "none", "--pod-security", "restricted"],
    /^--pod-security restricted: the aggregator needs baseline: --security-context-mode none\./,
  ],
  [["--no-rbac", "--permissions", "admin"], /^--permissions admin: --no-rbac makes no roles to give it by\./],
  [["-p", "job.yaml@Up"], /job\.yaml@Up: the new name must be lower-case/],
  [["-p", ".@other"], /\.: is a folder, whose plugins can't be renamed/],
  [["-p", "smoke@other"], /smoke@other: a built-in plugin can't be renamed/],
  [["--image-pull-secret", "s=none.json"], /^--image-pull-secret s=none\.json: there is no such file\.\nName the config\.json/],
];
for (const [words, says] of refused) test(`\`asdic run ${words.join(" ")}\` is refused`, async () => assert.match(await refuseLine(words), says));

test("what is wrong with flags, plugin files and what flags name is one error, in the order of the work", async () => {
  const words = `-n No -p job.yaml --timeout soon --image-pull-policy Often --toleration a:b --annotation x --plugin-env jib.LEVEL=1 --plugin-timeout jab=1s
    --image-pull-secret made=job.yaml --service-account-name A --pod-security restricted`;
  assertGolden("cli/refusals/one-line-with-many-mistakes.txt", await refuseLine(words.split(/\s+/)));
});

test("a plugin file that can't be right is told beside a flag that can't", async () => {
  assert.match(
    await refuseLine(["-p", "config.json", "--timeout", "x"]),
    /^Several things can't be right\.\n--timeout x: is no duration\.\n {2}Give.*\n2 things about the plugins can't be right\.\nconfig\.json:1: /,
  );
});
