/** Where a snapshot's files go: a folder in the aggregator, an archive on a laptop. */
export type SnapshotWriter = {
  /** Writes a file under its path in the tarball. Called for several at once, for each path once; of a stream the length is not known before its end. */
  put(name: string, content: Buffer | AsyncIterable<Buffer>): Promise<void>;
};
