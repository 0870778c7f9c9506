import type { Shape } from "./build-shape.ts";
import type { Answer, Exchange } from "./exchange.ts";

/** That one answer is not as the real one: `at` is code, type, reason, message, or a path in the shape; undefined is that there is nothing. */
export type Difference = { readonly request: string; readonly at: string; readonly real: string | undefined; readonly found: string | undefined };

/** Everything in which an answer differs from the recorded one. */
export function compareAnswers({ id, path, answer: real }: Exchange, found: Answer | undefined): readonly Difference[] {
  if (!found) return [{ request: id, at: "answer", real: String(real.code), found: undefined }];
  const differences: Difference[] = [];
  const note = (at: string, one: string | undefined, other: string | undefined): void => {
    if (one !== other) differences.push({ request: id, at, real: one, found: other });
  };
  note("code", String(real.code), String(found.code));
  note("type", real.type, found.type);
  note("reason", real.reason, found.reason);
  note("message", renderMessage(real.message), renderMessage(found.message));
  // Of two different answers, the fields say nothing more.
  if (real.code !== found.code) return differences;
  const isOwnList = /\/namespaces\/differential/.test(path);
  compareShapes({ at: "", real: real.shape, found: found.shape }, (at, one, other) => {
    // What else is in a cluster is its own affair.
    if (!isOwnList && foreign.test(at) && (one === undefined || other === undefined)) return;
    if (isPassing(at)) return;
    note(at, one, other);
  });
  return differences;
}

/**
 * Whether it is another at another moment in the same cluster: which fields a component wrote last (a node that was away has others), and how far the image of a container
 * is that was added to a running pod.
 */
const isPassing = (at: string): boolean => /managedFields\[(?:kubelet|kube-controller-manager)\b[^\]]*\]\.|ephemeralContainerStatuses\[\]\.state\./.test(at);

/** Other objects, what happened to them meanwhile, and whether they are more than a page. */
const foreign = /^(?:(?:items|rows)\[[^\]]*\]|ADDED|MODIFIED|DELETED|metadata\.(?:continue|remainingItemCount))$/;

/** One line for people. */
export const renderDifference = ({ request, at, real, found }: Difference): string =>
  `${request}: ${at}: ${found ?? "nothing"} instead of ${real ?? "nothing"}`;

type Pair = { readonly at: string; readonly real: Shape | undefined; readonly found: Shape | undefined };

function compareShapes({ at, real, found }: Pair, note: (at: string, real: string | undefined, found: string | undefined) => void): void {
  if (typeof real !== "object" || typeof found !== "object") {
    if (real !== found) note(at, renderShape(real), renderShape(found));
    return;
  }
  for (const key of new Set([...Object.keys(real), ...Object.keys(found)])) {
    const inner = key.startsWith("[") ? `${at}${key}` : at === "" ? key : `${at}.${key}`;
    // Without this list each of its entries is missing, and not the list.
    const nothing = key === "managedFields" ? {} : undefined;
    compareShapes({ at: inner, real: real[key] ?? nothing, found: found[key] ?? nothing }, note);
  }
}

const renderShape = (shape: Shape | undefined): string | undefined =>
  typeof shape === "object" ? (Object.keys(shape).some((key) => key.startsWith("[")) ? "array" : "object") : shape;

/** Without what is another in each cluster. */
const renderMessage = (message: string | undefined): string | undefined =>
  message?.replaceAll(/\d+\.\d+\.\d+\.\d+/g, "ADDRESS").replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UID");
