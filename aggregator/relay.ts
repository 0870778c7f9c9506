import { connect } from "node:net";
import { pipeline } from "node:stream/promises";
import { ports } from "../core/contract/names.ts";

/** A program of its own in the aggregator's container, by which the CLI reaches the aggregator's door where only exec is left to it: input and output are a connection to the door. */
const door = connect({ port: ports.aggregator, host: "127.0.0.1" });
// What the door has said is passed on whole, even if it listens no more.
pipeline(process.stdin, door).catch(() => undefined);
await pipeline(door, process.stdout).then(
  () => process.exit(0),
  (error: unknown) => process.stderr.write(`the aggregator does not answer: ${String(error)}`, () => process.exit(1)),
);
