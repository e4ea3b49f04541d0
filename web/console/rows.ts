import type { Case } from "./model";

const STEP: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** The id that a key leads to from the row `from`, or null for a key that is no move or leads nowhere. */
export function nextRow(rows: Case[], from: string | null, key: string): string | null {
  const at = rows.findIndex((item) => item.id === from);
  const step = STEP[key];
  if (step) return rows[Math.max(0, at + step)]?.id ?? null;
  if (key === "Home") return rows[0]?.id ?? null;
  return key === "End" ? (rows.at(-1)?.id ?? null) : null;
}
