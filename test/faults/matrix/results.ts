import type { Row } from "./row.ts";

/** Results that are not what was announced, are refused, or come too late. */
export const results: readonly Row[] = [
  {
    code: "result-missing",
    state: "failed",
    plugin: { script: "echo other > $RESULTS_DIR/other.txt; echo $RESULTS_DIR/nowhere.txt > $RESULTS_DIR/done; sleep 3600" },
    sentence: /nowhere\.txt/,
    evidence: /"kind":"missing"/,
    collected: { "other.txt": "other\n" },
  },
  {
    code: "result-unreadable",
    state: "failed",
    plugin: {
      script:
        "head -c 50000 /dev/urandom > /tmp/noise; tar -cz /tmp/noise | head -c 20000 > $RESULTS_DIR/result.tar.gz; echo $RESULTS_DIR/result.tar.gz > $RESULTS_DIR/done; sleep 3600",
    },
    sentence: /^The uploaded archive can't be taken/,
    evidence: /"kind":"refused","status":400/,
  },
  {
    code: "result-too-large",
    state: "failed",
    plugin: { script: "head -c 3000000 /dev/urandom > $RESULTS_DIR/large.bin; echo $RESULTS_DIR/large.bin > $RESULTS_DIR/done; sleep 3600" },
    sentence: /larger than the run's limit of 2097152 bytes/,
    evidence: /"status":413/,
  },
  {
    code: "upload-refused",
    state: "failed",
    plugin: { script: 'echo one > "$RESULTS_DIR/back\\\\slash.txt"; echo "$RESULTS_DIR/back\\\\slash.txt" > $RESULTS_DIR/done; sleep 3600' },
    sentence: /^The aggregator does not take the upload \(422\): The upload's file name is not a plain name/,
    evidence: /"kind":"refused","status":422/,
  },
  {
    code: "timed-out",
    state: "timed-out",
    plugin: { apiVersion: "asdic/v1", timeout: 15, script: "echo half > $RESULTS_DIR/half.txt; sleep 3600" },
    grace: 15,
    // SIGTERM ends a shell that sleeps only after its child; the aggregator then asks for what there is.
    before: 10,
    sentence: /^The plugin had not finished when its time of 15 s was up.*; what it had written is here/,
    evidence: /./,
    collected: { "half.txt": "half\n" },
  },
];
