import { KnownError } from "../../core/contract/known-error.ts";
import { InvalidSelector, parseLabelSelector, type LabelRequirement } from "../../core/kubernetes/label-selector.ts";

/** How objects are shown. */
export const outputs = ["table", "wide", "yaml", "json", "name"] as const;
export type GetOutput = (typeof outputs)[number];

/** Flags of `asdic get` as they were typed. */
export type GetFlags = {
  readonly namespace?: string | undefined;
  readonly allNamespaces?: true | undefined;
  readonly selector?: string | undefined;
  readonly output: GetOutput;
  readonly before?: true | undefined;
};

/** Which objects to show, and how. */
export type GetRequest = {
  /** Kinds by their words, and of each the objects with these names; all where there are none. */
  readonly targets: readonly { readonly word: string; readonly names: readonly string[] }[];
  /** Undefined: all. */
  readonly namespace: string | undefined;
  readonly requirements: readonly LabelRequirement[];
  readonly output: GetOutput;
  readonly isBefore: boolean;
};

/** What was typed as a request, `pods a b`, `pods,svc` or `pod/a svc/b`; KnownError "wrong-usage" for what makes no sense. */
export function parseGetRequest(words: readonly string[], { namespace, allNamespaces, selector, output, before }: GetFlags): GetRequest {
  if (namespace !== undefined && allNamespaces === true)
    throw new KnownError("wrong-usage", "-n and -A: can't be used together.", { hint: "Leave one of the two out." });
  const targets = parseTargets(words);
  if (selector !== undefined && targets.some(({ names }) => names.length > 0))
    throw new KnownError("wrong-usage", "-l: objects are chosen by their names or by their labels.", { hint: "Leave one of the two out." });
  return {
    targets,
    namespace: allNamespaces === true ? undefined : (namespace ?? "default"),
    requirements: selector === undefined ? [] : parseSelector(selector),
    output,
    isBefore: before === true,
  };
}

function parseTargets([first = "", ...names]: readonly string[]): GetRequest["targets"] {
  if (!first.includes("/")) {
    const slashed = names.find((name) => name.includes("/"));
    if (slashed !== undefined) throw new KnownError("wrong-usage", `${slashed}: is no name.`, { hint: "Write KIND NAME, or KIND/NAME for all of them." });
    return first.split(",").map((word) => ({ word, names }));
  }
  return [first, ...names].map((pair) => {
    const [word = "", name = "", ...more] = pair.split("/");
    if (word === "" || name === "" || more.length > 0)
      throw new KnownError("wrong-usage", `${pair}: is not of the form KIND/NAME.`, { hint: "For example: asdic get pod/web-0 svc/web -f run.tar.gz" });
    return { word, names: [name] };
  });
}

function parseSelector(selector: string): readonly LabelRequirement[] {
  try {
    return parseLabelSelector(selector);
  } catch (error) {
    if (!(error instanceof InvalidSelector)) throw error;
    throw new KnownError("wrong-usage", `-l ${selector}: is no label selector (${error.message}).`, { hint: "For example: -l 'app=shop,tier in (a,b),!old'" });
  }
}
