import { FilePlus2, GitMerge, GitPullRequestClosed } from "lucide";
import type { Command } from "../commands";
import { startCase } from "../making/make";
import { mayMerge, merging, unmerge } from "../merging/merge";
import { hasCases } from "../pages";

/** Cases made by hand, and merged (S43, X26). */
export const relationCommands: readonly Command[] = [
  {
    id: "case.new",
    group: "case",
    title: "make-title",
    keywords: "command-make-words",
    icon: FilePlus2,
    shortcut: "c",
    when: (context) => hasCases(context),
    run: () => startCase(),
  },
  {
    id: "case.new-from",
    group: "case",
    title: "make-from-menu",
    icon: FilePlus2,
    when: ({ item }) => item !== undefined,
    run: ({ item }) => {
      if (item) startCase({ from: item });
    },
  },
  {
    id: "case.merge",
    group: "case",
    title: "merge-menu",
    keywords: "command-merge-words",
    icon: GitMerge,
    shortcut: "m",
    when: ({ item }) => item !== undefined && mayMerge(item),
    run: ({ item }) => {
      merging.value = item ?? null;
    },
  },
  {
    id: "case.unmerge",
    group: "case",
    title: "merge-undo",
    icon: GitPullRequestClosed,
    when: ({ item }) => Boolean(item?.merged_into),
    run: ({ desk, item }) => {
      if (item) void unmerge(desk, item);
    },
  },
];
