import type { AlertView, Considered } from "../shared/generated/rest";
import { formatLocale, t } from "../shared/i18n";

type Reason = Considered["reason"];

/** Why somebody was not told, from what a technician can change at once to what an administrator can. */
const REASONS: readonly Reason[] = ["not_available", "not_assignee", "no_access", "not_active"];

export interface NotTold {
  reason: Reason;
  names: string;
}

export function toldIn({ considered }: AlertView): readonly Considered[] {
  return considered.filter(({ told }) => told);
}

/** Who was told by mail besides; an escalation is a mail, and says so itself. */
export function mailedIn({ alert, considered }: AlertView): readonly Considered[] {
  return alert === "escalated" ? [] : considered.filter(({ mailed }) => mailed);
}

/** What is said where nobody was told. */
export function nobodyIn({ because }: AlertView): string {
  const known = because === "muted" || because === "spam";
  return known ? `console-alerts-none-${because}` : "console-alerts-none";
}

/** Everybody who was told in any of the decisions, each once. */
export function everToldIn(alerts: readonly AlertView[]): readonly Considered[] {
  const all = alerts.flatMap(toldIn);
  return [...new Map(all.map((person) => [person.id, person])).values()];
}

/** Those who were not told, by the reason why. */
export function notToldIn({ considered }: AlertView, me: string): NotTold[] {
  return REASONS.flatMap((reason) => {
    const people = considered.filter((person) => !person.told && person.reason === reason);
    return people.length === 0 ? [] : [{ reason, names: namesOf(people, me) }];
  });
}

/** Names as a list in the viewer's language. */
export function namesOf(people: readonly Considered[], me: string): string {
  const names = people.map(({ id, name }) => {
    const known = name || t("console-former-technician");
    return id === me ? t("console-name-you", { name: known }) : known;
  });
  return new Intl.ListFormat(formatLocale.value, { type: "conjunction" }).format(names);
}
