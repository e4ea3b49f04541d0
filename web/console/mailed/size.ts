import { formatLocale } from "../../shared/i18n";

const STEPS = [
  ["megabyte", 1_000_000],
  ["kilobyte", 1_000],
] as const;

/** A size as people read it: 3 kB, 1.4 MB. */
export function sizeText(bytes: number): string {
  const [unit, step] = STEPS.find(([, least]) => bytes >= least) ?? ["byte", 1];
  return new Intl.NumberFormat(formatLocale.value, {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: unit === "megabyte" ? 1 : 0,
  }).format(bytes / step);
}
