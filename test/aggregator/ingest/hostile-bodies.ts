import type { Random } from "../../faults/random/random.ts";
import { drawJson } from "../../hostile-json.ts";
import { drawText } from "../../hostile-text.ts";

/** A worker's poll, mostly; none that is held, which would take twenty seconds. */
export function drawPoll(random: Random): Buffer {
  const body = drawJson(random, { state: random.pick(["waiting", "settling", "uploading", "delivered"]), hold: false });
  return body.includes('"hold":true') ? Buffer.from("{}") : body;
}

/** A plugin's progress, mostly: a whole state or an addition. */
export function drawProgress(random: Random): Buffer {
  const failing = [drawText(random), drawText(random)];
  const count = random.pick([0, 1, -1, 1e308, -1e308, 0.1]);
  if (random.below(2) === 0) return drawJson(random, { msg: drawText(random), total: count, completed: 1, failures: failing, errors: failing });
  return drawJson(random, { msg: drawText(random), appendtotals: true, total: count, appendcompleted: count, appendfailing: failing });
}
