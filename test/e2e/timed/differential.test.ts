import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import type { Difference } from "../../embedded/differential/compare-answers.ts";
import { compareAnswers, renderDifference } from "../../embedded/differential/compare-answers.ts";
import { parseExchanges } from "../../embedded/differential/exchange.ts";
import { openTarget } from "../../embedded/differential/open-target.ts";
import { replay } from "../../embedded/differential/replay.ts";
import { isEmbedded } from "../asdic.ts";

/** test/embedded/differential.test.ts holds the embedded cluster against the same recording. */
const onReal = { skip: isEmbedded && "the recording is of a real API server" };

it("a real API server answers today as it was recorded", onReal, async () => {
  const exchanges = [...parseExchanges("run"), ...parseExchanges("kubectl")];
  const target = openTarget(await readFile(process.env["KUBECONFIG"] ?? "", "utf8"));
  try {
    const answers = await replay(target, exchanges);
    const differences = exchanges
      .flatMap((exchange) => compareAnswers(exchange, answers.get(exchange.id)))
      .filter((difference) => !isHistory(difference) && !isSchedulerStart(difference));
    assert.ok(differences.length === 0, differences.map(renderDifference).join("\n"));
  } finally {
    target.close();
  }
});

/** Who has written a Node of the lab depends on what was done to it before. */
const isHistory = ({ at }: Difference): boolean => /\[worker-\d+\]\.(?:object\.)?metadata\.managedFields\[/.test(at);

/** A scheduler that has started before its API server answered writes its events by the older API, until it is started anew. */
const isSchedulerStart = ({ request, at }: Difference): boolean =>
  request.endsWith("/events") &&
  /^(?:items|rows)\[[^\]]*\]\.(?:object\.)?(?:(?:eventTime|firstTimestamp|lastTimestamp|action)$|metadata\.managedFields\[kube-scheduler Update\])/.test(at);
