import type { Area } from "../bad-case.ts";

/** Commands about a run that is there, or isn't. */
export const daily: Area = {
  name: "daily",
  cases: [
    ...["status", "wait", "logs", "retrieve"].map((command) => ({ call: `${command} -n nowhere`, place: "nowhere" })),
    ...["status", "wait", "logs", "retrieve", "delete"].map((command) => ({ call: `${command} -n Not_A_Namespace`, place: "Not_A_Namespace" })),
    { call: "status -n there -p nobody", place: "nobody" },
    { call: "status --watch -n nowhere", place: "nowhere" },
    { call: "wait --timeout soon" },
    { call: "wait --timeout 0" },
    { call: "wait -n there --for everything" },
    { call: "wait -n there --for plugin=nobody" },
    { call: "wait -n there --for plugin=", place: "--for" },
    { call: "logs --since yesterday" },
    { call: "logs --since -5m", place: "--since" },
    { call: "logs --tail many" },
    { call: "logs --tail -1" },
    { call: "logs --previous -f", place: "--previous" },
    { call: "logs -n there -p nobody", place: "nobody" },
    { call: "logs -n there --node nowhere -p nobody", place: "nobody" },
    { call: "logs -n there -c nothing", place: "nothing" },
    { call: "retrieve -n there", code: 4, place: "there" },
    { call: "retrieve -n there -o no-such-folder/run.tar.gz", place: "no-such-folder" },
  ],
};
