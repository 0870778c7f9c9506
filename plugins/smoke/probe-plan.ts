import { isJsonObject } from "../../core/contract/json.ts";

/** What the client pod is to try; its one argument, as JSON. */
export type ProbePlan = {
  /** Names to resolve, and the address that one of them must have. */
  readonly names: readonly { readonly name: string; readonly address?: string }[];
  /** Where the server's token is to be had through the Service, by address, so that it needs no DNS. */
  readonly url: string;
  readonly token: string;
  readonly limitSeconds: number;
};

/** How one attempt went after another, until it worked or time was up. `answer` is what came back. */
export type Probe = {
  readonly target: string;
  readonly attempts: number;
  readonly milliseconds: number;
  readonly answer: string;
  /** Of the last attempt; missing when it worked. */
  readonly problem?: string;
};

/** The client's termination message; at most 4096 bytes, which is Kubernetes' limit. */
export type ProbeReport = { readonly names: readonly Probe[]; readonly service: Probe };

/** The plan that the client was given; throws when it is none. */
export function parseProbePlan(text: string | undefined): ProbePlan {
  const value = parseJson(text ?? "");
  const { names, url, token, limitSeconds } = isJsonObject(value) ? value : {};
  if (!Array.isArray(names) || typeof url !== "string" || typeof token !== "string" || typeof limitSeconds !== "number")
    throw new Error("smoke-client needs a plan, as smoke gives it, for its argument");
  return { names: names.map(parseName), url, token, limitSeconds };
}

function parseName(value: unknown): ProbePlan["names"][number] {
  const { name, address } = isJsonObject(value) ? value : {};
  if (typeof name !== "string") throw new Error("a name of the plan is no text");
  return { name, ...(typeof address === "string" ? { address } : {}) };
}

/** The client's report, or nothing when the message is none. */
export function parseProbeReport(text: string): ProbeReport | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value) || !Array.isArray(value["names"])) return undefined;
  const names = value["names"].map(parseProbe);
  const service = parseProbe(value["service"]);
  return service === undefined || !names.every((probe) => probe !== undefined) ? undefined : { names, service };
}

function parseProbe(value: unknown): Probe | undefined {
  if (!isJsonObject(value)) return undefined;
  const { target, attempts, milliseconds, answer, problem } = value;
  if (typeof target !== "string" || typeof attempts !== "number" || typeof milliseconds !== "number" || typeof answer !== "string") return undefined;
  return { target, attempts, milliseconds, answer, ...(typeof problem === "string" ? { problem } : {}) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
