/** A resource quantity: an exact number of billionths, which is Kubernetes' finest step, and the notation it was written in. */
export type Quantity = { readonly nanos: bigint; readonly format: "BinarySI" | "DecimalSI" | "DecimalExponent" };

/**
 * A quantity as Kubernetes reads it ("100m", "1.5Gi", "2e3", 4): undefined for what it would refuse. Parts finer than a billionth are rounded away from zero.
 * Source: k8s.io/apimachinery, pkg/api/resource/quantity.go and suffix.go.
 */
export function parseQuantity(value: unknown): Quantity | undefined {
  const written = typeof value === "number" ? String(value) : value;
  if (typeof written !== "string") return undefined;
  const match = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?<suffix>[a-zA-Z]*(?:[+-]?\d+)?)$/.exec(written);
  const { sign = "", whole = "", fraction = "", suffix = "" } = match?.groups ?? {};
  const scale = parseSuffix(suffix);
  if (whole + fraction === "" || scale === undefined) return undefined;
  const numerator = BigInt(whole + fraction) * scale.factor * nano;
  const denominator = 10n ** BigInt(fraction.length) * scale.divisor;
  const nanos = (numerator + denominator - 1n) / denominator;
  return { nanos: sign === "-" ? -nanos : nanos, format: scale.format };
}

/** Billionths of a quantity; 0 where there is none or none that Kubernetes would read. */
export const nanosOf = (value: unknown): bigint => parseQuantity(value)?.nanos ?? 0n;

/** The form in which Kubernetes writes a quantity: the largest suffix that needs no fraction. */
export function renderQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return "0";
  const isWhole = nanos % nano === 0n;
  const isSmall = nanos > -1024n * nano && nanos < 1024n * nano;
  if (format === "BinarySI" && isWhole && !isSmall) return renderBinary(nanos / nano);
  let mantissa = nanos;
  let exponent = -9;
  while (mantissa % 1000n === 0n && exponent < 18) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === "DecimalExponent") return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${decimalSuffixes[exponent / 3 + 3]}`;
}

/** The sum, in the notation of the first that is not zero. */
export const addQuantities = (left: Quantity, right: Quantity): Quantity => ({
  nanos: left.nanos + right.nanos,
  format: left.nanos === 0n ? right.format : left.format,
});

const nano = 1_000_000_000n;
const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"] as const;
const binarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;

type Scale = { readonly factor: bigint; readonly divisor: bigint; readonly format: Quantity["format"] };

function parseSuffix(suffix: string): Scale | undefined {
  const binary = binarySuffixes.findIndex((known) => known === suffix);
  if (binary >= 0) return { factor: 1024n ** BigInt(binary + 1), divisor: 1n, format: "BinarySI" };
  const decimal = decimalSuffixes.findIndex((known) => known === suffix);
  if (decimal >= 0) return { ...powerOfTen(decimal * 3 - 9), format: "DecimalSI" };
  const exponent = /^[eE](?<power>[+-]?\d{1,2})$/.exec(suffix)?.groups?.["power"];
  return exponent === undefined ? undefined : { ...powerOfTen(Number(exponent)), format: "DecimalExponent" };
}

const powerOfTen = (power: number): Pick<Scale, "factor" | "divisor"> =>
  power < 0 ? { factor: 1n, divisor: 10n ** BigInt(-power) } : { factor: 10n ** BigInt(power), divisor: 1n };

function renderBinary(value: bigint): string {
  let mantissa = value;
  let power = 0;
  while (mantissa % 1024n === 0n && power < binarySuffixes.length) {
    mantissa /= 1024n;
    power += 1;
  }
  return `${mantissa}${binarySuffixes[power - 1] ?? ""}`;
}
