import { formatLocale } from "../shared/i18n";

/** 12345 as "12K": a count is read at a glance, and where it stands must not grow. */
export function formatNumber(count: number): string {
  return new Intl.NumberFormat(formatLocale.value, {
    notation: count > 9_999 ? "compact" : "standard",
  }).format(count);
}
