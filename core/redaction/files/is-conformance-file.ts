/** Whether a file of a tarball is one of those by which a cluster is certified: their names of tests must match to the letter, so they are looked at and never changed. */
export const isConformanceFile = (name: string): boolean =>
  /(?:^|\/)plugins\/(?:e2e|conformance)\/results\/(?:.*\/)?(?:e2e\.log|junit[\w.-]*\.xml)$/.test(name);
