/** What stands for a tarball's content beside it: its path without .tar.gz, or with something added where it has no such end. */
export function extractedName(tarball: string): string {
  const name = tarball.replace(/\.tar\.gz$|\.tgz$/, "");
  return name === tarball ? `${tarball}.extracted` : name;
}
