/** Whatever can be pressed can be found in the palette: each button of the console names its command, or why it has none. */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Act } from "../cases/pending";
import { COMMANDS } from "../commands";

const ROOT = `${import.meta.dirname}/..`;
/** Forms of the settings: the palette opens each section, and what it adds. */
const FORMS = /^(automation|operations|settings)\//;
const PRESSED = new Set(["Button", "IconButton", "MenuItem", "AddButton", "NameForm", "button"]);

/** What says of a button which command it is. */
const COMMAND_OF: Readonly<Record<string, string>> = {
  "command-button": "help.palette",
  "console-palette": "help.palette",
  "console-shortcuts": "help.keys",
  "console-sign-out": "session.leave",
  "console-theme-*": "look.theme",
  "console-action-*": "case.assign",
  "console-action-assign": "case.assign",
  "console-state-*": "case.pending",
  "console-become-available": "status.available",
  "console-available": "status.available",
  "console-not-available": "status.not-available",
  "console-sound": "status.sound-on",
  "console-sound-enable": "status.sound-on",
  "console-delete": "case.delete",
  "console-details": "case.details",
  "console-device": "case.device",
  "console-download-*": "case.download",
  "console-flag": "case.flag",
  "console-follow-up": "case.mail",
  "console-hand-over": "case.transfer",
  "console-unflag": "case.unflag",
  "console-mail-tab": "case.mail",
  "console-mute": "case.mute",
  "console-unmute": "case.unmute",
  "console-spam": "case.spam",
  "console-no-spam": "case.no-spam",
  "console-inbox": "go.inbox",
  "console-inbox-button": "go.inbox",
  "console-inbox-read-all": "inbox.read-all",
  "console-label-remove": "case.label",
  "console-leave": "case.leave",
  "console-macros-all": "case.macro",
  "console-name-you": "case.transfer",
  "console-to-queue": "case.transfer",
  "console-note": "pane.note",
  "console-reply": "pane.reply",
  "console-priority-*": "case.priority",
  "console-rename": "case.rename",
  "console-send-transcript": "case.transcript",
  send: "case.transcript",
  "console-snooze-chosen": "case.snooze",
  "console-travel": "case.travel",
  "console-back-to-list": "pane.list",
  "console-back-to-conversation": "pane.conversation",
  "contact-delete": "contact.delete",
  "contact-edit": "contact.edit",
  "contact-merge": "contact.merge",
  "contact-verify": "case.contact-verify",
  "contact-unverify": "case.contact-unverify",
  "filter-clear": "list.clear",
  "filter-delete": "list.delete",
  "filter-rename": "list.rename",
  "filter-save": "list.save",
  "filter-saved-title": "list.saved",
  "make-from-menu": "case.new-from",
  "make-title": "case.new",
  "merge-menu": "case.merge",
  "merge-undo": "case.unmerge",
  "many-clear": "case.close",
  "many-more": "help.palette",
  "sort-*": "list.sort",
  "sort-turned": "list.turn",
};

/** Buttons that no command stands for, and why. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "answers a question, or is a step of what is open already": [
    "cancel",
    "close",
    "save",
    "command-back",
    "console-*",
    "console-away-stay",
    "console-mail-again",
    "console-mail-assign-and-send",
    "console-mail-send",
    "console-note-add",
    "console-send-again",
    "console-sign-in",
    "console-snooze-short",
    "console-sound-decline",
    "console-to-queue-short",
    "console-transfer",
    "filter-save-changes",
    "filter-save-new",
    "filter-share",
    "filter-without",
    "mailed-save",
    "merge-do",
  ],
  "belongs to one of many lines, and is reached at it": [
    "console-message-copy",
    "console-message-delete",
    "filter-remove",
    "mailed-file-unnamed",
    "mailed-original",
    "make-split-menu",
  ],
  "shows more of the same, or tries again": [
    "console-history-all",
    "console-inbox-more",
    "console-inbox-only-unread",
    "console-look-again",
    "previous-more",
    "try-again",
  ],
  "says what a line above it means": [
    "console-available-note",
    "console-delete-live",
    "console-not-available-note*",
    "console-sound-blocked-short",
  ],
};

/** What can be done to a case, each with its command; the type fails when one is forgotten. */
const COMMAND_OF_ACT: Readonly<Record<Act["do"], string>> = {
  assign: "case.assign",
  resolve: "case.resolve",
  reopen: "case.reopen",
  open: "case.open",
  pending: "case.pending",
  snooze: "case.snooze",
  transfer: "case.transfer",
  label: "case.label",
  title: "case.rename",
  priority: "case.priority",
  flag: "case.flag",
  mute: "case.mute",
  spam: "case.spam",
  verify: "case.contact-verify",
  macro: "case.macro",
};

/** The keys that a day's work needs; they stand in the help. */
const FREQUENT = [
  ...["assign", "resolve", "transfer", "snooze", "label", "priority", "macro", "merge", "new"].map(
    (name) => `case.${name}`,
  ),
  ...["case.next", "case.previous", "case.choose", "pane.reply", "pane.note", "list.filter"],
  ...["list.sort", "go.search", "go.unassigned", "go.mine", "go.all", "go.inbox", "help.palette"],
  ...["pane.list", "pane.conversation", "pane.details", "pane.next", "pane.previous"],
];

/** The messages that the buttons of a file have; `*` stands for what is known only when it is shown. */
function pressedIn(path: string): string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(`${ROOT}/${path}`, "utf8"),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const words = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node)) found.push(`${node.head.text}*`);
    else ts.forEachChild(node, words);
  };
  const visit = (node: ts.Node, within: boolean): void => {
    const tag = ts.isJsxElement(node)
      ? node.openingElement.tagName.getText()
      : ts.isJsxSelfClosingElement(node)
        ? node.tagName.getText()
        : null;
    const inside = tag === null ? within : PRESSED.has(tag) || within;
    const [message] =
      ts.isCallExpression(node) && node.expression.getText() === "t" ? node.arguments : [];
    if (inside && message) words(message);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, false);
  return found;
}

describe("the palette has whatever can be pressed", () => {
  const ids = new Set(COMMANDS.map(({ id }) => id));
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".tsx") && !FORMS.test(path));
  const pressed = new Set(files.flatMap(pressedIn));
  const without = new Set(Object.values(ELSEWHERE).flat());

  it("each button has its command, or a reason to have none", () => {
    expect(pressed.size).toBeGreaterThan(60);
    const forgotten = [...pressed].filter((one) => !COMMAND_OF[one] && !without.has(one));
    expect(forgotten, "give it a command, and name it in COMMAND_OF").toEqual([]);
  });

  it("names no button and no command that is not there any more", () => {
    const named = [...Object.keys(COMMAND_OF), ...without];
    expect(named.filter((one) => !pressed.has(one))).toEqual([]);
    const commands = [...Object.values(COMMAND_OF), ...Object.values(COMMAND_OF_ACT)];
    expect(commands.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("has a key for what a day's work needs", () => {
    const keyed = new Set(COMMANDS.flatMap(({ id, shortcut }) => (shortcut ? [id] : [])));
    expect(FREQUENT.filter((id) => !keyed.has(id))).toEqual([]);
  });
});
