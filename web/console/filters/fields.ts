/** What a list can be narrowed down by: each field with its values, in the words of whoever reads it. */
import {
  Flag,
  type IconNode,
  LifeBuoy,
  MailCheck,
  CircleDot,
  Globe,
  ShieldAlert,
  Signal,
  Tag,
  UserRound,
  Archive,
} from "lucide";
import { t } from "../../shared/i18n";
import type { Field, Filter } from "../cases/filter";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { typeName } from "../parts/CaseType";

export type ChoiceField = Exclude<Field, "customer" | "title" | "q">;
export type TextField = "customer" | "title" | "q";

export const CHOICES: readonly ChoiceField[] = [
  "category",
  "state",
  "follow_up",
  "technician",
  "label",
  "priority",
  "flagged",
  "type",
  "portal",
  "spam",
];
export const TEXTS: readonly TextField[] = ["customer", "title", "q"];

export const SIGNS: Readonly<Record<ChoiceField, IconNode>> = {
  category: Archive,
  state: CircleDot,
  follow_up: MailCheck,
  technician: UserRound,
  label: Tag,
  priority: Signal,
  flagged: Flag,
  type: LifeBuoy,
  portal: Globe,
  spam: ShieldAlert,
};

const SINGLE: ReadonlySet<Field> = new Set(["category", "follow_up", "flagged", "spam"]);

export interface Choice {
  value: string;
  title: string;
  /** What it means, in a line under it. */
  note?: string;
}

export function isSingle(field: ChoiceField): boolean {
  return SINGLE.has(field);
}

export function fieldName(field: Field): string {
  return t(`filter-${field.replace("_", "-")}`);
}

export function choicesOf(field: ChoiceField, desk: Desk, technician: Technician): Choice[] {
  const words = (values: readonly string[], prefix: string) =>
    values.map((value) => ({ value, title: t(`${prefix}-${value.replaceAll("_", "-")}`) }));
  switch (field) {
    case "category":
      return words(["active", "closed"], "filter-category");
    case "follow_up":
      return words(["active", "closed"], "filter-follow-up").map((choice) => ({
        ...choice,
        note: t(`filter-follow-up-${choice.value}-note`),
      }));
    case "flagged":
      return words(["true", "false"], "filter-flagged");
    case "spam":
      return words(["true"], "filter-spam");
    case "state":
      return words(["pending", "unassigned", "assigned", "snoozed", "resolved"], "console-state");
    case "priority":
      return words(["urgent", "high", "normal", "low"], "console-priority");
    case "type":
      return (["live_chat", "request", "email", "call"] as const).map((type) => ({
        value: type,
        title: typeName({ type }),
      }));
    case "label":
      return desk.labels.usable.value.map(({ id, title }) => ({ value: id, title }));
    case "portal":
      return technician.companies.flatMap(({ portal }) =>
        portal ? [{ value: portal.id, title: portal.address }] : [],
      );
    case "technician":
      return peopleOf(desk);
  }
}

function peopleOf(desk: Desk): Choice[] {
  const others = desk.people.value.filter(({ id }) => id !== desk.technician.id);
  return [
    { value: "me", title: t("filter-me") },
    { value: "nobody", title: t("console-nobody") },
    ...others.map(({ id, name }) => ({ value: id, title: name })),
  ];
}

/** The values that are chosen, as texts. */
export function valuesOf(filter: Filter, field: ChoiceField): readonly string[] {
  const value = filter[field];
  if (value === undefined) return [];
  return typeof value === "object" ? value : [String(value)];
}

/** The filter once a value is chosen, or no longer. */
export function toggled(filter: Filter, field: ChoiceField, value: string): Filter {
  const { [field]: _, ...others } = filter;
  const chosen = valuesOf(filter, field);
  if (isSingle(field)) {
    if (chosen.includes(value)) return others;
    const said = field === "flagged" || field === "spam" ? value === "true" : value;
    return { ...others, [field]: said };
  }
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return next.length === 0 ? others : { ...others, [field]: next };
}

/** What a chip says: the field and its values. */
export function chipText(
  filter: Filter,
  field: ChoiceField,
  desk: Desk,
  technician: Technician,
): string {
  const choices = choicesOf(field, desk, technician);
  const titles = valuesOf(filter, field).map(
    (value) => choices.find((one) => one.value === value)?.title ?? "…",
  );
  // Values that say it all by themselves.
  if (["category", "flagged", "spam"].includes(field)) return titles.join(", ");
  return t("filter-chip", { field: fieldName(field), values: titles.join(", ") });
}
