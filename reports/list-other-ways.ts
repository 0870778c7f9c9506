import type { ResultStatus, Way } from "../core/contract/run-status.ts";
import type { Run } from "./run.ts";

/** A result that did not come over the aggregator's Service. */
export type OtherWay = { readonly plugin: string; readonly node: string; readonly way: Way };

/** The results of a run that came otherwise than over the aggregator's Service, in the order of its status. */
export const listOtherWays = ({ status }: Pick<Run, "status">): readonly OtherWay[] =>
  (status?.results ?? []).flatMap(({ plugin, node, way }: ResultStatus) => (way === undefined || way === "service" ? [] : [{ plugin, node, way }]));
