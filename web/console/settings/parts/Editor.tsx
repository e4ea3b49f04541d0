import type { ComponentChildren, TargetedSubmitEvent } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "../../../shared/components/Button";
import { Dialog } from "../../../shared/components/Dialog";
import { FailureBanner } from "../../../shared/components/FailureBanner";
import { t } from "../../../shared/i18n";
import { dismiss, toast } from "../../toasts";
import type { Draft } from "../draft";

interface EditorProps<T extends object> {
  title: string;
  /** Null while nothing is being edited. */
  draft: Draft<T> | null;
  onClose: () => void;
  /** Opens it again as it was left, where something that was typed would be lost. */
  onReopen?: () => void;
  /** Sends it; the dialog closes when it succeeds and says why when it does not. */
  onSave: (values: T) => Promise<unknown>;
  /** The verb on the button; "Save" without. */
  saveLabel?: string;
  /** For forms that are more than a few fields. */
  wide?: boolean;
  children: (draft: Draft<T>) => ComponentChildren;
}

/** The editor half of a list with an editor: one thing, in a dialog, saved as a whole. */
export function Editor<T extends object>(props: EditorProps<T>) {
  const { title, draft, onClose, onSave, saveLabel = t("save"), wide = false, children } = props;
  const id = useId();
  const left = useRef(0);
  useEffect(() => () => dismiss(left.current), []);
  const leave = () => {
    const lost = draft?.dirty.peek() ?? false;
    onClose();
    if (!lost || !props.onReopen) return;
    const action = { label: t("undo"), run: props.onReopen };
    left.current = toast({ tone: "warning", text: t("settings-discarded"), action });
  };
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (await draft?.save(onSave)) onClose();
    else focusProblem(form);
  };
  const actions = (
    <>
      <Button onClick={leave}>{t("cancel")}</Button>
      <Button kind="primary" type="submit" form={id} busy={draft?.busy.value ?? false}>
        {saveLabel}
      </Button>
    </>
  );
  return (
    <Dialog
      title={title}
      open={draft !== null}
      onClose={leave}
      actions={actions}
      class={wide ? "editor editor-wide" : "editor"}
      // What was typed must not be lost by a press beside it.
      steady={draft?.dirty.value ?? false}
    >
      {draft && (
        <form id={id} class="editor-form" noValidate onSubmit={(event) => void submit(event)}>
          <FailureBanner failure={draft.failure.value} />
          {children(draft)}
        </form>
      )}
    </Dialog>
  );
}

interface SaveBarProps<T extends object> {
  draft: Draft<T>;
  onSave: (values: T) => Promise<unknown>;
  /** What else can be done with what the form is about. */
  more?: ComponentChildren;
  children: ComponentChildren;
}

/** A form that stands in the section itself: its fields, a button that saves them, and whether they are saved. */
export function SavedForm<T extends object>({ draft, onSave, more, children }: SaveBarProps<T>) {
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (draft.dirty.peek() && !(await draft.save(onSave))) focusProblem(form);
  };
  // Once pressed it stays what has the focus, though there is nothing left to save.
  const idle = !draft.dirty.value && !draft.saved.value;
  const state = draft.saved.value ? "settings-saved" : draft.dirty.value ? "settings-unsaved" : "";
  return (
    <form class="editor-form" noValidate onSubmit={(event) => void submit(event)}>
      <FailureBanner failure={draft.failure.value} />
      {children}
      <div class="save-bar">
        <Button kind="primary" type="submit" busy={draft.busy.value} disabled={idle}>
          {t("save")}
        </Button>
        {more}
        <span class="save-state" role="status">
          {state && t(state)}
        </span>
      </div>
    </form>
  );
}

/** What is to be corrected is where one goes on. */
function focusProblem(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
