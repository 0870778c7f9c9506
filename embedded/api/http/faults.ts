import type { Store } from "../store/store.ts";
import type { Attributes } from "../rights/authorizer.ts";

/** Which requests a fault meets: all of those that fit what is said here. */
export type RequestSelector = {
  /** The API's verb ("list"), or the method in small letters for paths beside the API. */
  readonly verb?: string;
  /** Plural. */
  readonly resource?: string;
  /** Found anywhere in the path, without query. */
  readonly path?: string | RegExp;
  readonly user?: string;
  /** How many requests it meets; all if left out. */
  readonly times?: number;
};

/** What goes wrong between the API server and its clients, on purpose. */
export type ApiFaults = {
  /** Refuses a verb ("*" is any) on a resource (plural, "pods/exec" for a subresource) with 403, whatever the roles say. */
  deny(verb: string, resource: string, user?: string): void;
  /** Answers with an error of the server. */
  answer(fault: { readonly status: 429 | 500 | 503; readonly retryAfterSeconds?: number; readonly on?: RequestSelector }): void;
  /** Closes the connection without a word. */
  disconnect(on?: RequestSelector): void;
  /** Sends answers at most so fast. */
  slow(bytesPerSecond: number, on?: RequestSelector): void;
  /** Breaks the connection off after so many bytes of an answer, its head included. */
  cutAfter(bytes: number, on?: RequestSelector): void;
  /** An aggregated API whose server is away: its group is there, nothing in it can be had. */
  breakGroup(group: string, version?: string): void;
  /** Forgets old revisions: pages and watches that need them are 410. */
  compact(): void;
  /** Ends the watches that are open now. */
  closeWatches(): void;
  /** All is well again. */
  clear(): void;
};

/** A request as faults see it. */
export type FaultSubject = { readonly verb: string; readonly resource: string; readonly path: string; readonly user: string };

/** What happens to one request. */
export type Effect =
  | { readonly kind: "answer"; readonly status: 429 | 500 | 503; readonly retryAfterSeconds: number }
  | { readonly kind: "disconnect" }
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  | { readonly kind: "cut"; readonly bytes: number };

/** The server's side of the faults. */
export type ActiveFaults = {
  /** What meets a request; counts it. */
  meet(subject: FaultSubject): readonly Effect[];
  isDenied(user: string, attributes: Attributes): boolean;
  readonly broken: ReadonlyMap<string, string>;
  readonly watches: Set<AbortController>;
};

/** Faults, none at first, with both of their sides. */
export function createFaults(store: Store): { readonly faults: ApiFaults; readonly active: ActiveFaults } {
  type Denial = { readonly verb: string; readonly resource: string; readonly user: string | undefined };
  const rules = new Set<{ readonly effect: Effect; readonly on: RequestSelector; left: number }>();
  const denials: Denial[] = [];
  const broken = new Map<string, string>();
  const watches = new Set<AbortController>();
  const add = (effect: Effect, on: RequestSelector = {}): void => void rules.add({ effect, on, left: on.times ?? Infinity });
  const faults: ApiFaults = {
    deny: (verb, resource, user) => void denials.push({ verb, resource, user }),
    answer: ({ status, retryAfterSeconds = 1, on }) => add({ kind: "answer", status, retryAfterSeconds }, on),
    disconnect: (on) => add({ kind: "disconnect" }, on),
    slow: (bytesPerSecond, on) => add({ kind: "slow", bytesPerSecond }, on),
    cutAfter: (bytes, on) => add({ kind: "cut", bytes }, on),
    breakGroup: (group, version = "v1beta1") => void broken.set(group, version),
    compact: () => store.compact(),
    closeWatches: () => watches.forEach((watch) => watch.abort()),
    clear: () => {
      rules.clear();
      denials.length = 0;
      broken.clear();
    },
  };
  const meet = (subject: FaultSubject): readonly Effect[] =>
    [...rules]
      .filter((rule) => rule.left > 0 && isMet(rule.on, subject))
      .map((rule) => {
        rule.left--;
        return rule.effect;
      });
  const isDenied = (user: string, { verb, resource, subresource }: Attributes): boolean => {
    const whole = subresource === "" ? resource : `${resource}/${subresource}`;
    return denials.some((denial) => ["*", verb].includes(denial.verb) && denial.resource === whole && (denial.user ?? user) === user);
  };
  return { faults, active: { meet, isDenied, broken, watches } };
}

const isMet = (on: RequestSelector, subject: FaultSubject): boolean =>
  (on.verb ?? subject.verb) === subject.verb &&
  (on.resource ?? subject.resource) === subject.resource &&
  (on.user ?? subject.user) === subject.user &&
  (on.path === undefined || (typeof on.path === "string" ? subject.path.includes(on.path) : on.path.test(subject.path)));
