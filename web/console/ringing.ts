import { type ReadonlySignal, signal } from "@preact/signals";
import { t } from "../shared/i18n";
import { playTone } from "../shared/sound";
import type { CaseMap } from "./cases/lists";
import { type Case, isQuiet } from "./model";
import { route } from "./route";

/** What is heard of cases that wait and of messages, and what a screen reader says of it. */
export class Ringing {
  /** What a screen reader is told at once; `times` tells apart a second alarm in the same words. */
  readonly alarm = signal({ text: "", times: 0 });

  constructor(
    private readonly known: ReadonlySignal<CaseMap>,
    private readonly visible: ReadonlySignal<boolean>,
    private readonly isAvailable: () => boolean,
  ) {}

  ring(id: string, number: number | string): void {
    const known = this.known.peek().get(id);
    if (!this.isAvailable() || (known && isQuiet(known))) return;
    playTone("waiting");
    const text = t(`console-alert-${alertOf(known)}`, { number: String(number) });
    this.alarm.value = { text, times: this.alarm.value.times + 1 };
  }

  noteMessage(id: string): void {
    const known = this.known.peek().get(id);
    if (known && isQuiet(known)) return;
    if (!this.visible.peek() || route.peek().caseId !== id) playTone("message");
  }
}

/** What an alert is about: nobody sits and waits in a chat that is over, whose customer has come back. */
function alertOf(item: Case | undefined): string {
  if (item?.type === "email") return "email";
  if (!item || item.type !== "live_chat") return item ? "request" : "live-chat";
  return item.live ? "live-chat" : "reopened";
}
