import { Readable } from "node:stream";

/**
 * The same stream in fewer pieces: what has come by the time that somebody asks for more is one. API servers send a kilobyte or two at a time, and each piece costs
 * whoever unpacks it a turn of another thread. Whichever of the two streams ends early, or fails, the other one does too.
 */
export function gatherPieces(body: Readable): Readable {
  let [isWanted, isPlanned] = [false, false];
  const give = (): void => {
    isPlanned = false;
    const piece = body.read() as Buffer | null;
    if (piece === null) return;
    isWanted = false;
    gathered.push(piece);
  };
  const plan = (): void => {
    if (!isWanted || isPlanned) return;
    isPlanned = true;
    // Later in this turn of the loop more of it may come.
    setImmediate(give);
  };
  const gathered = new Readable({
    read: () => {
      isWanted = true;
      plan();
    },
    destroy: (error, done) => {
      body.destroy();
      done(error);
    },
  });
  body.on("readable", plan);
  body.on("end", () => gathered.push(null));
  body.on("error", (error) => gathered.destroy(error));
  return gathered;
}
