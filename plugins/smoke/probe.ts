import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Probe } from "./probe-plan.ts";

/** Resolves a name as programs do (search list included) until it has the address asked for, or any; tries until `limit`. */
export const probeName = ({ name, address }: { readonly name: string; readonly address?: string }, limit: AbortSignal): Promise<Probe> =>
  tryUntil(name, limit, async () => {
    const found = (await lookup(name, { all: true })).map((entry) => entry.address).join(" ");
    return address === undefined || found.split(" ").includes(address)
      ? { answer: found }
      : { answer: found, problem: `resolved to ${found}, not to ${address}` };
  });

/** Gets an address over HTTP, each time on a connection of its own, until the token comes back; tries until `limit`. */
export const probeUrl = ({ url, token }: { readonly url: string; readonly token: string }, limit: AbortSignal): Promise<Probe> =>
  tryUntil(url, limit, async (attempt) => {
    const response = await fetch(url, {
      signal: AbortSignal.any([limit, AbortSignal.timeout(Math.min(firstAttemptMilliseconds * 2 ** (attempt - 1), longestAttemptMilliseconds))]),
    });
    const body = (await response.text()).slice(0, maxText);
    return body === token ? { answer: body } : { answer: body, problem: `answered ${response.status} with something else than the server's token` };
  });

/** Short at first: what is sent before the network knows of the Service may vanish without an answer. */
const firstAttemptMilliseconds = 500;
const longestAttemptMilliseconds = 4000;
const pauseMilliseconds = 150;
/** Three probes and what JSON adds stay below a termination message's 4096 bytes. */
const maxText = 300;

type Attempt = { readonly answer: string; readonly problem?: string };

async function tryUntil(target: string, limit: AbortSignal, attempt: (number: number) => Promise<Attempt>): Promise<Probe> {
  const start = performance.now();
  let last: Attempt = { answer: "", problem: "no answer in time" };
  let attempts = 0;
  // A look-up can't be ended from outside: one that hangs must not hold up the report.
  const over = ended(limit);
  while (!limit.aborted) {
    attempts += 1;
    const outcome = await Promise.race([attempt(attempts).catch(describeProblem), over]);
    if (outcome !== undefined) last = outcome;
    if (last.problem === undefined) break;
    await wait(pauseMilliseconds, undefined, { signal: limit }).catch(() => undefined);
  }
  const { answer, problem } = last;
  return {
    target,
    attempts,
    milliseconds: Math.round(performance.now() - start),
    answer,
    ...(problem === undefined ? {} : { problem: problem.slice(0, maxText) }),
  };
}

async function ended(limit: AbortSignal): Promise<undefined> {
  if (!limit.aborted) await once(limit, "abort");
}

function describeProblem(error: unknown): Attempt {
  if (!(error instanceof Error)) return { answer: "", problem: String(error) };
  if (error.name === "TimeoutError") return { answer: "", problem: "no answer in time" };
  return { answer: "", problem: error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message };
}
