import { describe } from "node:test";
import { describeScenes } from "../../faults/matrix/describe-scenes.ts";
import { patientScenes } from "../../faults/matrix/scenes.ts";

/** The rows of test/faults/matrix.test.ts whose causes are borne for too long for `npm test`; the cluster is one of their own, whatever the others run on. */
describe("a cause that is borne for a minute is named, with evidence and in its time, and costs nobody else's result", () => describeScenes(patientScenes));
