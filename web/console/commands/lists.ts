import {
  ArrowDownWideNarrow,
  ArrowUpDown,
  Bookmark,
  BookmarkPlus,
  FilterX,
  ListFilter,
  PenLine,
  Search,
  Trash2,
} from "lucide";
import { t } from "../../shared/i18n";
import type { SavedFilterView } from "../../shared/generated/rest";
import { isEmpty } from "../cases/filter";
import { isPlain } from "../cases/place";
import { viewOf } from "../cases/saved";
import { SORTS } from "../cases/sorting";
import type { Command, Context, Option } from "../commands";
import { adding } from "../filters/adding";
import { CHOICES, fieldName, SIGNS, TEXTS } from "../filters/fields";
import { mayChange } from "../filters/SaveDialog";
import { clear, removeFilter, sort, turn } from "../filters/view";
import { layout } from "../layout";
import { open } from "../opened";
import { go, route } from "../route";

/** What is done with the list on screen: narrowed down, sorted, kept under a name. */
export const listCommands: readonly Command[] = [
  {
    id: "list.filter",
    group: "list",
    title: "command-filter",
    keywords: "command-filter-words",
    icon: ListFilter,
    shortcut: "f",
    when: onList,
    options: () => [
      ...CHOICES.map((field) => ({ id: field, icon: SIGNS[field], ...taking(field) })),
      ...TEXTS.map((field) => ({ id: field, icon: Search, ...taking(field) })),
    ],
  },
  {
    id: "list.clear",
    group: "list",
    title: "command-filter-clear",
    keywords: "command-filter-words",
    icon: FilterX,
    when: () => onList() && !isEmpty(route.value.view.filter),
    run: clear,
  },
  {
    id: "list.sort",
    group: "list",
    title: "command-sort",
    icon: ArrowDownWideNarrow,
    shortcut: "s",
    when: onList,
    options: () => {
      const { view } = route.peek();
      const names = view.filter.q ? (["relevance", ...SORTS] as const) : SORTS;
      return names.map((name) => ({
        id: name,
        title: t(`sort-${name}`),
        current: view.sort === name,
        run: () => sort(name),
      }));
    },
  },
  {
    id: "list.turn",
    group: "list",
    title: "command-sort-turn",
    icon: ArrowUpDown,
    when: onList,
    run: turn,
  },
  {
    id: "list.save",
    group: "list",
    title: "filter-save",
    icon: BookmarkPlus,
    when: () => onList() && !isPlain(route.value.view),
    run: () => open("filter-save"),
  },
  {
    id: "list.saved",
    group: "list",
    title: "command-saved",
    icon: Bookmark,
    shortcut: "g f",
    none: "command-saved-none",
    options: ({ desk }) =>
      desk.saved.all.peek().map((saved) => ({
        id: saved.id,
        title: saved.name,
        current: route.peek().view.saved === saved.id,
        run: () =>
          go({
            page: "cases",
            list: saved.list,
            view: viewOf(saved),
            caseId: null,
            details: false,
          }),
      })),
  },
  {
    id: "list.rename",
    group: "list",
    title: "command-filter-rename",
    icon: PenLine,
    when: (context) => onList() && changeable(context).length > 0,
    options: (context) => each(context, ({ id }) => open(`filter-rename ${id}`)),
  },
  {
    id: "list.delete",
    group: "list",
    title: "command-filter-delete",
    icon: Trash2,
    when: (context) => onList() && changeable(context).length > 0,
    options: (context) => each(context, (saved) => void removeFilter(context.desk, saved)),
  },
];

/** The list is on screen: on a phone a case takes its place. */
function onList(): boolean {
  const { page, caseId } = route.value;
  return page === "cases" && (layout.value !== "narrow" || caseId === null);
}

function taking(field: (typeof CHOICES)[number] | (typeof TEXTS)[number]) {
  return {
    title: fieldName(field),
    current: route.peek().view.filter[field] !== undefined,
    run: () => {
      adding.value = field;
    },
  };
}

function changeable({ desk, technician }: Context): readonly SavedFilterView[] {
  return desk.saved.all.value.filter((saved) => mayChange(saved, technician));
}

function each(context: Context, run: (saved: SavedFilterView) => void): Option[] {
  return changeable(context).map((saved) => ({
    id: saved.id,
    title: saved.name,
    run: () => run(saved),
  }));
}
