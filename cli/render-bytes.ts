/** A number of bytes as people read it: 512 B, 3.2 KiB, 1.0 GiB. */
export function renderBytes(bytes: number): string {
  const unit = [["GiB", 1024 ** 3] as const, ["MiB", 1024 ** 2] as const, ["KiB", 1024] as const].find(([, size]) => bytes >= size);
  return unit === undefined ? `${Math.floor(bytes)} B` : `${(bytes / unit[1]).toFixed(1)} ${unit[0]}`;
}
