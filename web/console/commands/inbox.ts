import { Bell, CheckCheck } from "lucide";
import type { Command } from "../commands";
import { toggleInbox } from "../inbox/place";

export const inboxCommands: readonly Command[] = [
  {
    id: "go.inbox",
    group: "go",
    title: "console-inbox",
    keywords: "command-inbox-words",
    icon: Bell,
    shortcut: "g i",
    run: toggleInbox,
  },
  {
    id: "inbox.read-all",
    group: "go",
    title: "command-inbox-read-all",
    keywords: "command-inbox-words",
    icon: CheckCheck,
    when: ({ desk }) => desk.inbox.unread.value > 0,
    run: ({ desk }) => desk.inbox.readAll(),
  },
];
