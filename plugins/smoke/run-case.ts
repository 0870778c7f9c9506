import { isKnownError } from "../../core/contract/known-error.ts";
import type { Outcome, TestCase } from "../junit.ts";

/** One thing to try. */
export type SmokeCase = {
  readonly name: string;
  /** What must have worked before; where one did not, this case is skipped with its reason. */
  readonly needs: readonly Promise<unknown>[];
  /** Resolves with what it saw; throws CaseFailed or CaseSkipped, or anything else, which is a failure too. */
  readonly test: () => Promise<string>;
};

/** The cluster did not do what it should: one sentence, and the evidence below it. */
export class CaseFailed extends Error {
  override readonly name = "CaseFailed";
  readonly evidence: string;

  constructor(sentence: string, evidence: string) {
    super(sentence);
    this.evidence = evidence;
  }
}

/** This cluster can't show whether it works. */
export class CaseSkipped extends Error {
  override readonly name = "CaseSkipped";
}

/** A case's result with its time, which starts when what it needs is there; an end by `signal` is a skip, not a verdict. */
export async function runCase({ name, needs, test }: SmokeCase, signal: AbortSignal): Promise<TestCase> {
  const [missing] = (await Promise.allSettled(needs)).flatMap((need) => (need.status === "rejected" ? [need.reason as unknown] : []));
  const start = performance.now();
  const conclude = (outcome: Outcome, output?: string): TestCase => ({
    name,
    className: "smoke",
    seconds: (performance.now() - start) / 1000,
    outcome,
    output,
  });
  if (missing !== undefined) return conclude({ kind: "skipped", message: signal.aborted ? interrupted : `not tried, because ${describe(missing)}` });
  try {
    return conclude({ kind: "passed" }, await test());
  } catch (error) {
    if (signal.aborted) return conclude({ kind: "skipped", message: interrupted });
    if (error instanceof CaseSkipped) return conclude({ kind: "skipped", message: error.message });
    if (error instanceof CaseFailed) return conclude({ kind: "failure", message: error.message, text: [error.message, error.evidence].join("\n\n") });
    return conclude({ kind: "error", message: describe(error), text: describeWhole(error) });
  }
}

const interrupted = "the run was ended before this was over";

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What people can act on has a hint; anything else is a bug of ours and shows where. */
function describeWhole(error: unknown): string {
  if (isKnownError(error)) return [error.message, ...(error.hint === undefined ? [] : [error.hint])].join("\n");
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
