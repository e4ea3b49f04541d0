import { useSignal } from "@preact/signals";
import { Lock } from "lucide";
import { useId, useRef } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { loadDraft, saveDraft } from "../../shared/drafts";
import { t } from "../../shared/i18n";
import { newId } from "../../shared/ids";
import type { CasesColleague } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { sendNote } from "../sending";
import { callable, callAt, mentioned, withCall } from "../mentions";
import { useTeam } from "../team";

/** A private note (S50): on paper tone, with a lock, so that nobody mistakes it for a reply. "@" calls a colleague. */
export function NoteComposer({ desk, item }: { desk: Desk; item: Case }) {
  const draft = `note/${item.id}`;
  const text = useSignal(loadDraft(draft));
  const team = useTeam(desk, item.id);
  const me = desk.technician.id;
  const called = useSignal<{ from: number; at: number } | null>(null);
  const chosen = useSignal(0);
  const area = useRef<HTMLTextAreaElement>(null);
  // The same note on every try: it is written once, also when an answer was lost.
  const noteId = useRef(newId());
  const id = useId();
  const write = (value: string) => {
    text.value = value;
    saveDraft(draft, value);
  };
  const call = called.value;
  const found = call ? callable(team, me, text.value.slice(call.from + 1, call.at)) : [];
  const look = () => {
    const field = area.current;
    if (!field) return;
    called.value = callAt(field.value, field.selectionStart);
    chosen.value = 0;
  };
  const pick = (one: CasesColleague) => {
    if (!call) return;
    const next = withCall(text.value, call, one.name);
    write(next.text);
    called.value = null;
    requestAnimationFrame(() => area.current?.setSelectionRange(next.caret, next.caret));
    area.current?.focus();
  };
  const add = () => {
    const said = text.value.trim();
    if (said === "") return;
    const note = {
      id: noteId.current,
      caseId: item.id,
      text: said,
      mentions: mentioned(said, team).filter((one) => one !== me),
      after: item.version,
    };
    noteId.current = newId();
    write("");
    area.current?.focus();
    void sendNote(desk, item, note, () => {
      // What was begun meanwhile is not written over.
      if (loadDraft(draft) !== "") return false;
      noteId.current = note.id;
      write(said);
      return true;
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (found.length > 0 && onListKey(event, found, chosen, pick, () => (called.value = null))) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      add();
    }
  };
  return (
    <form
      class="note-composer"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      {found.length > 0 && (
        <ul class="mention-list" role="listbox" id={`${id}-team`} aria-label={t("console-team")}>
          {found.map((one, index) => (
            // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events -- the field above keeps the focus and hears the keys
            <li
              key={one.id}
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === chosen.value}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(one)}
            >
              {one.name}
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={area}
        rows={2}
        value={text.value}
        aria-label={t("console-note-label")}
        placeholder={t("console-note-placeholder")}
        aria-haspopup="listbox"
        aria-controls={`${id}-team`}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${chosen.value}` : undefined}
        onInput={(event) => {
          write(event.currentTarget.value);
          look();
        }}
        onClick={look}
        onBlur={() => (called.value = null)}
        onKeyDown={onKeyDown}
      />
      <div class="note-actions">
        <span class="note-hint">
          <Icon of={Lock} />
          {t("console-note-hint")}
        </span>
        <Button type="submit" kind="primary">
          {t("console-note-add")}
        </Button>
      </div>
    </form>
  );
}

function onListKey(
  event: KeyboardEvent,
  found: readonly CasesColleague[],
  chosen: { value: number },
  pick: (one: CasesColleague) => void,
  close: () => void,
): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) chosen.value = (chosen.value + step + found.length) % found.length;
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" || event.key === "Tab") {
    const one = found[chosen.value];
    if (!one) return false;
    pick(one);
  } else return false;
  return true;
}
