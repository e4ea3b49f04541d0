import { BadgeCheck, GitMerge, Pencil, Trash2, UserRound } from "lucide";
import type { Command, Context } from "../commands";
import { open } from "../opened";
import { press } from "../press";
import { go, route } from "../route";

/** The customer behind a case, and what is done with a contact on its own page (S39, X26). */
export const contactCommands: readonly Command[] = [
  {
    id: "case.contact",
    group: "case",
    title: "contact-open",
    icon: UserRound,
    when: ({ item }) => onCases() && Boolean(item?.contact_id),
    run: ({ item }) => go({ page: "contacts", place: item?.contact_id ?? null, caseId: null }),
  },
  verify("contact-verify", false),
  verify("contact-unverify", true),
  {
    id: "contact.edit",
    group: "contact",
    title: "contact-edit",
    icon: Pencil,
    when: onContact,
    run: () => open("contact-edit"),
  },
  {
    id: "contact.merge",
    group: "contact",
    title: "contact-merge",
    icon: GitMerge,
    when: onContact,
    run: () => open("contact-merge"),
  },
  {
    id: "contact.delete",
    group: "contact",
    title: "contact-delete",
    icon: Trash2,
    when: (context) => onContact() && context.technician.role === "administrator",
    run: () => open("contact-delete"),
  },
];

function verify(title: string, verified: boolean): Command {
  const fits = ({ item }: Context) =>
    onCases() && Boolean(item?.contact_id) && item?.contact_verified === verified;
  return {
    id: `case.${title}`,
    group: "case",
    title,
    icon: BadgeCheck,
    when: fits,
    run: ({ desk, item }) => {
      if (item) press(desk, item, { do: "verify", verified: !verified });
    },
  };
}

function onCases(): boolean {
  return route.value.page === "cases";
}

function onContact(): boolean {
  return route.value.page === "contacts" && route.value.place !== null;
}
