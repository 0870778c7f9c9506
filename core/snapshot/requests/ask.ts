import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { backOff } from "../../cluster/back-off.ts";
import type { Cluster, FetchAnswer, KubeletPlace } from "../../cluster/cluster.ts";
import { createPace } from "./pace.ts";
import { readBody, unpackBody } from "./read-body.ts";
import { answerFailure, readingFailure, RequestFailure } from "./request-failure.ts";

/** A GET, or a POST of `json`. Whatever `isAnswer` does not take is a failure; by default that is all but 200. */
export type Question = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly json?: object;
  /** Of this kubelet, at its own port, instead of the API server. */
  readonly kubelet?: KubeletPlace;
  /** Milliseconds until the body has come; without it a minute of silence ends a request. */
  readonly within?: number;
  /** Milliseconds until the answer begins, where it is a kubelet's that may be dead: the API server itself waits for half a minute. */
  readonly beginsWithin?: number;
  /** How often it is sent again after a failure that may pass; 2 unless said. */
  readonly retries?: number;
  readonly isAnswer?: (status: number) => boolean;
};

/** What reading has cost so far; bytes as they came over the wire. */
export type Cost = { requests: number; receivedBytes: number; throttled: number; waitedMilliseconds: number };

/** Asks the API server at our own pace. Both throw RequestFailure, or the signal's reason. */
export type Asker = {
  /** The body, unpacked, as it comes; when it breaks off it ends with an error. */
  stream(question: Question): Promise<Readable>;
  /** The whole body, of at most 64 MiB. */
  read(question: Question): Promise<{ readonly status: number; readonly body: Buffer }>;
  readonly cost: Readonly<Cost>;
};

/** After `maxSeconds` everything fails, also what has begun. */
export type AskerOptions = { readonly requestsPerSecond: number; readonly maxSeconds: number; readonly signal: AbortSignal };

/** Everything that a snapshot asks goes through one of these. */
export function createAsker(cluster: Cluster, { requestsPerSecond, maxSeconds, signal }: AskerOptions): Asker {
  const pace = createPace(requestsPerSecond);
  const life = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(maxSeconds * 1000))]);
  const cost: Cost = { requests: 0, receivedBytes: 0, throttled: 0, waitedMilliseconds: 0 };
  const wait = async (milliseconds: number): Promise<void> => {
    cost.waitedMilliseconds += milliseconds;
    await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  };
  const unpack = (answer: FetchAnswer): FetchAnswer => ({ ...answer, body: unpackBody(answer, (count) => (cost.receivedBytes += count)) });
  const send = async (question: Question): Promise<FetchAnswer> => {
    const { retries = 2, isAnswer = (status) => status === 200 } = question;
    const limit = question.within === undefined ? life : AbortSignal.any([life, AbortSignal.timeout(question.within)]);
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      if (life.aborted) throw readingFailure(life.reason);
      cost.waitedMilliseconds += await pace(signal);
      cost.requests++;
      const silence = new AbortController();
      const timer =
        question.beginsWithin === undefined ? undefined : setTimeout(() => silence.abort(new DOMException("no answer", "TimeoutError")), question.beginsWithin);
      const ended = AbortSignal.any([limit, silence.signal]);
      const request = toRequest(question, ended);
      const answer = await (question.kubelet ? cluster.fetchKubelet(question.kubelet, request) : cluster.fetch(request))
        .then(unpack, (error: unknown) => {
          signal.throwIfAborted();
          return readingFailure(ended.aborted ? ended.reason : error);
        })
        .finally(() => clearTimeout(timer));
      if (!(answer instanceof RequestFailure) && isAnswer(answer.status)) return answer;
      const isBusy = !(answer instanceof RequestFailure) && answer.status === 429;
      if (isBusy) cost.throttled++;
      const failure = answer instanceof RequestFailure ? answer : answerFailure(answer.status, await readStart(answer.body));
      // A server that says when to come again is believed, many times; one that is broken is not asked for long.
      if (attempt >= (isBusy ? busyRetries : retries) || !mayPass(failure) || limit.aborted) throw failure;
      await wait(pauseOf(answer) ?? backOff(attempt, 500));
    }
  };
  return {
    cost,
    stream: async (question) => (await send(question)).body,
    read: async (question) => {
      try {
        const { status, body } = await send(question);
        return { status, body: await readBody(body, maxBytes) };
      } catch (error) {
        signal.throwIfAborted();
        throw readingFailure(error);
      }
    },
  };
}

const busyRetries = 8;

const mayPass = ({ code, reason }: RequestFailure): boolean => code === 429 || code >= 500 || (code === 0 && reason === "Unreachable");

function toRequest({ path, query, accept, json }: Question, signal: AbortSignal): Parameters<Cluster["fetch"]>[0] {
  return {
    path,
    signal,
    ...(query && { query }),
    ...(json && { method: "POST", body: JSON.stringify(json) }),
    headers: { "accept-encoding": "gzip", ...(accept !== undefined && { accept }), ...(json && { "content-type": "application/json" }) },
  };
}

/** Milliseconds that the server asks for, half a minute at most. */
function pauseOf(answer: FetchAnswer | RequestFailure): number | undefined {
  const seconds = answer instanceof RequestFailure ? Number.NaN : Number(answer.headers["retry-after"]);
  return seconds > 0 ? Math.min(seconds, 30) * 1000 : undefined;
}

/** A Status may carry a continue token of some kilobytes. */
async function readStart(body: Readable): Promise<string> {
  return (await readBody(body, 256 * 1024).catch(() => Buffer.alloc(0))).toString("utf8");
}

const maxBytes = 64 * 1024 * 1024;
