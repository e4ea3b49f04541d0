import { Inbox, Search } from "lucide";
import { t } from "../../shared/i18n";
import type { Command, Context } from "../commands";
import { LISTS, type ListName } from "../model";
import { PAGES } from "../pages";
import { go } from "../route";
import { addWanted } from "../settings/adding";
import { SECTIONS } from "../settings/sections";

const LIST_KEYS: Record<ListName, string> = { unassigned: "g u", mine: "g m", all: "g a" };

const lists: readonly Command[] = LISTS.map((list) => ({
  id: `go.${list}`,
  group: "go",
  title: `console-list-${list}`,
  icon: Inbox,
  shortcut: LIST_KEYS[list],
  run: () => go({ page: "cases", list, caseId: null, details: false }),
}));

const pages: readonly Command[] = PAGES.filter(({ id }) => id !== "cases" && id !== "inbox").map(
  (page) => ({
    id: `go.${page.id}`,
    group: "go",
    title: page.title,
    icon: page.icon,
    shortcut: `g ${page.id.charAt(0)}`,
    run: () => go({ page: page.id, caseId: null, details: false }),
  }),
);

const sections: readonly Command[] = SECTIONS.map((section) => ({
  id: `settings.${section.id}`,
  group: "go",
  title: () => `${t("console-settings")}: ${t(section.title)}`,
  ...(section.keywords ? { keywords: section.keywords } : {}),
  icon: section.icon,
  when: ({ technician }) => technician.role === "administrator" || !section.administratorsOnly,
  run: () => go({ page: "settings", place: section.id, caseId: null, details: false }),
}));

const additions: readonly Command[] = SECTIONS.flatMap(({ id, adds, icon, ...section }) =>
  adds
    ? {
        id: `settings.${id}.add`,
        group: "go" as const,
        title: adds,
        icon,
        when: ({ technician }: Context) =>
          technician.role === "administrator" || !section.administratorsOnly,
        run: () => {
          addWanted.value = id;
          go({ page: "settings", place: id, caseId: null, details: false });
        },
      }
    : [],
);

const search: Command = {
  id: "go.search",
  group: "go",
  title: "console-search",
  icon: Search,
  shortcut: "/",
  run: () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
};

/** Every place of the console: lists, pages and sections of the settings, from their registries. */
export const placeCommands: readonly Command[] = [
  search,
  ...lists,
  ...pages,
  ...sections,
  ...additions,
];
