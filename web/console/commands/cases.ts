import {
  CircleCheck,
  Copy,
  Download,
  FolderOpen,
  Hash,
  History,
  Link,
  LogOut,
  Mail,
  MonitorSmartphone,
  PanelRight,
  PenLine,
  RotateCcw,
  Send,
  Trash2,
  UserRoundCheck,
} from "lucide";
import { t } from "../../shared/i18n";
import { saveFile, TRANSCRIPT_FORMS, transcriptFile } from "../../shared/transcripts";
import { type Action, actionFor } from "../cases/pending";
import type { Command, Context } from "../commands";
import { copyText } from "../copy";
import { explain } from "../explain";
import { show } from "../focus";
import { layout } from "../layout";
import { performMany, withoutChats } from "../many";
import { type Case, wasChat } from "../model";
import { eraseAsked } from "../erasing";
import { openInConversation, openInDetails } from "../opened";
import { press, question } from "../press";
import { formatRoute, go, route } from "../route";
import { mayBeMailed, startMail } from "../writing";

/** What can be done with the case on screen, or with those that are chosen. */
export const caseCommands: readonly Command[] = [
  stateCommand("assign", UserRoundCheck, "a"),
  stateCommand("resolve", CircleCheck, "e"),
  stateCommand("reopen", RotateCcw),
  stateCommand("open", FolderOpen),
  {
    id: "case.leave",
    group: "case",
    title: "console-leave",
    icon: LogOut,
    when: (context) => has(context, (item) => item.live && isMine(context, item)),
    run: ({ item }) => {
      if (item) question.value = { what: "leave", item };
    },
  },
  {
    id: "case.details",
    group: "case",
    title: "command-show-details",
    icon: PanelRight,
    shortcut: "i",
    when: (context) => has(context) && layout.value !== "wide",
    run: () => go({ details: !route.peek().details }, { replace: layout.peek() === "medium" }),
  },
  {
    id: "case.device",
    group: "case",
    title: "command-device",
    icon: MonitorSmartphone,
    when: (context) => has(context, wasChat),
    run: () => openInConversation("device"),
  },
  {
    id: "case.mail",
    group: "case",
    title: "console-follow-up",
    keywords: "command-mail-words",
    icon: Mail,
    shortcut: "w",
    when: (context) => has(context, mayBeMailed),
    run: ({ item }) => {
      if (item) startMail(item);
    },
  },
  {
    id: "case.transcript",
    group: "case",
    title: "console-send-transcript",
    icon: Send,
    when: (context) => has(context),
    run: () => openInDetails("transcript"),
  },
  {
    id: "case.rename",
    group: "case",
    title: "console-rename",
    icon: PenLine,
    when: (context) => has(context),
    run: () => openInDetails("rename"),
  },
  {
    id: "case.travel",
    group: "case",
    title: "console-travel",
    keywords: "command-travel-words",
    icon: History,
    when: (context) => has(context),
    run: () => openInDetails("travel"),
  },
  {
    id: "case.delete",
    group: "case",
    title: "console-delete",
    icon: Trash2,
    when: (context) =>
      context.technician.role === "administrator" && has(context, (item) => !item.live),
    run: ({ item }) => {
      if (!item) return;
      show("details");
      eraseAsked.value = item.id;
    },
  },
  {
    id: "case.download",
    group: "case",
    title: "console-download-log",
    icon: Download,
    when: (context) => has(context),
    options: (context) =>
      TRANSCRIPT_FORMS.map((form) => ({
        id: form,
        title: t(`console-download-${form}`),
        run: () => void download(context, form),
      })),
  },
  {
    id: "case.copy-link",
    group: "case",
    title: "command-copy-link",
    icon: Link,
    when: (context) => has(context),
    run: ({ item }) => {
      if (item) void copyText(location.origin + formatRoute({ list: "all", caseId: item.id }));
    },
  },
  {
    id: "case.copy-number",
    group: "case",
    title: "command-copy-number",
    icon: Hash,
    when: (context) => has(context),
    run: ({ item }) => {
      if (item) void copyText(String(item.number));
    },
  },
  {
    id: "case.copy-email",
    group: "case",
    title: "command-copy-email",
    icon: Copy,
    when: (context) => has(context, (item) => item.customer.email !== ""),
    run: ({ item }) => {
      if (item) void copyText(item.customer.email);
    },
  },
];

function onCases(): boolean {
  return route.value.page === "cases";
}

function has({ item }: Context, fits: (item: Case) => boolean = () => true): boolean {
  return onCases() && item !== undefined && fits(item);
}

/** Also while it is put off: the chat goes on until somebody leaves it. */
function isMine({ technician }: Context, item: Case): boolean {
  return item.assignee?.id === technician.id;
}

function stateCommand(action: Action, icon: Command["icon"], shortcut?: string): Command {
  // What is not resolved can be, whoever has it.
  const fits = (item: Case) =>
    action === "resolve" ? item.state !== "resolved" : actionFor(item) === action;
  return {
    id: `case.${action}`,
    group: "case",
    title: `console-action-${action}`,
    ...(icon ? { icon } : {}),
    ...(shortcut ? { shortcut } : {}),
    when: (context) => has(context, fits),
    run: ({ desk, item }) => {
      if (item) press(desk, item, action);
    },
    many: {
      ...withoutChats(fits, { do: action }),
      run: ({ desk }, items) => {
        desk.selection.clear();
        void performMany(desk, items, action);
      },
    },
  };
}

async function download(
  { desk, item }: Context,
  form: (typeof TRANSCRIPT_FORMS)[number],
): Promise<void> {
  if (!item) return;
  try {
    saveFile(await transcriptFile(item.id, form, desk.chats.seenOf(item.id), desk.token));
  } catch (error) {
    explain(error);
  }
}
