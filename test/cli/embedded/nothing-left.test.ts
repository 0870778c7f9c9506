import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { untilNothingIsLeft } from "../../embedded/find-leftovers.ts";
import { makePlace, runCli, shellsPlugin, startCli } from "./start-cli.ts";

describe("what is left of an embedded cluster", { concurrency: 3 }, () => {
  it("a run that comes to its end leaves its reports and nothing else", async (context) => {
    const place = makePlace(context);
    const { code, stdout } = await runCli(context, ["run", "--embedded", "-p", "smoke"], place);
    assert.equal(code, 0, stdout);
    await untilNothingIsLeft(place.temporary, 0);
    for (const name of ["report.html", "junit.xml"]) assert.ok(existsSync(join(place.cwd, name)), name);
  });

  const moments: readonly { readonly moment: string; readonly sign: RegExp; readonly signal: NodeJS.Signals }[] = [
    { moment: "while the cluster starts", sign: /Starting an embedded cluster/, signal: "SIGINT" },
    { moment: "when the cluster has just been started", sign: /Run \w+ in namespace/, signal: "SIGTERM" },
    { moment: "while a plugin runs", sign: /shells: 3 expected, 3 running/, signal: "SIGINT" },
  ];
  for (const { moment, sign, signal } of moments)
    it(`${signal} ${moment} ends everything with 130`, async (context) => {
      const place = makePlace(context);
      const cli = startCli(context, ["run", "--embedded", "-p", shellsPlugin], place);
      await cli.untilSaid(sign);
      cli.child.kill(signal);
      assert.equal(await cli.ended, 130, cli.said.stderr);
      assert.match(cli.said.stderr, /\nThe run was ended, and the embedded cluster with it\.\n$/);
      await untilNothingIsLeft(place.temporary, 0);
    });

  it("Ctrl-C while the tarball is fetched ends everything, and no half of it stays", async (context) => {
    const place = makePlace(context);
    const cli = startCli(context, ["run", "--embedded", "-p", "smoke"], place);
    await cli.untilSaid(/in namespace asdic: complete/);
    cli.child.kill("SIGINT");
    assert.equal(await cli.ended, 130, cli.said.stderr);
    await untilNothingIsLeft(place.temporary, 0);
  });

  it("a second Ctrl-C does not wait, and still nothing is left", async (context) => {
    const place = makePlace(context);
    const cli = startCli(context, ["run", "--embedded", "-p", shellsPlugin], place);
    await cli.untilSaid(/3 running/);
    cli.child.kill("SIGINT");
    const again = setInterval(() => cli.child.kill("SIGINT"), 100);
    context.after(() => clearInterval(again));
    assert.equal(await cli.ended, 130, cli.said.stderr);
    await untilNothingIsLeft(place.temporary);
  });
});
