import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { openDoor } from "./door.ts";

/** A process with a door that expects results of plugin p on nodes n0 to n399, to be killed; says where the door is. */
const results = createExpectedResults(() => new Date());
for (let index = 0; index < 400; index++) results.expect("p", `n${index}`);
const { folder, port, ca } = await openDoor(() => ({ results, gate: createGate(), isSealed: false }), { maxBytes: 2 ** 24 });
process.send?.({ folder, port, ca });
