/** Giving cases to somebody else (S41): whoever gets them wants to know why, so a note is asked for, wherever it begins. */
import { signal } from "@preact/signals";
import type { Desk } from "./desk";
import { performMany } from "./many";
import type { Case, Person } from "./model";
import { press } from "./press";

export interface Transfer {
  items: readonly Case[];
  /** Null is the company's queue. */
  to: Person | null;
  /** Whether they are those that were chosen in the list, which are told of together. */
  chosen: boolean;
}

/** The transfer whose note is being asked for. */
export const giving = signal<Transfer | null>(null);

export function transfer(desk: Desk, wanted: Transfer): void {
  const items = wanted.items.filter((item) => !isWith(item, wanted.to));
  if (items.length === 0) return;
  // Taking it oneself needs no explanation.
  if (wanted.to?.id === desk.technician.id) give(desk, { ...wanted, items }, "");
  else giving.value = { ...wanted, items };
}

/** `note` is private, stands before the transfer in each case, and may be empty. */
export function give(desk: Desk, { items, to, chosen }: Transfer, note: string): void {
  const act = { do: "transfer", to, note } as const;
  if (chosen) {
    desk.selection.clear();
    void performMany(desk, items, act);
  } else for (const item of items) press(desk, item, act);
}

function isWith(item: Case, to: Person | null): boolean {
  return (item.assignee?.id ?? null) === (to?.id ?? null) && item.state !== "pending";
}
