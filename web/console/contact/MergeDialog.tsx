import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Action } from "../../shared/action";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { FailureBanner } from "../../shared/components/FailureBanner";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { ContactView } from "../../shared/generated/rest";
import { contactName, Directory } from "./directory";
import type { ContactSource } from "./source";

interface MergeProps {
  /** Null while nothing is being merged. */
  contact: ContactView | null;
  source: ContactSource;
  onClose: () => void;
  onMerged: (whole: ContactView) => void;
}

/** Two contacts are one person: the other one is looked for and chosen. */
export function MergeDialog(props: MergeProps) {
  const { contact, onClose } = props;
  return (
    <Dialog
      title={t("contact-merge-into")}
      open={contact !== null}
      class="editor"
      onClose={onClose}
    >
      {contact && <Merging {...props} contact={contact} />}
    </Dialog>
  );
}

function Merging({ contact, source, onClose, onMerged }: MergeProps & { contact: ContactView }) {
  const directory = useMemo(() => new Directory(source), [source]);
  const action = useMemo(() => new Action(), []);
  const chosen = useSignal<ContactView | null>(null);
  useEffect(() => {
    void directory.load();
    return () => directory.stop();
  }, [directory]);
  const others = directory.contacts.value?.filter(({ id }) => id !== contact.id) ?? [];
  const merge = async () => {
    const other = chosen.peek();
    if (!other) return;
    let whole: ContactView | undefined;
    const done = await action.run(async () => {
      whole = await source.merge(contact, other);
    });
    if (!done || !whole) return;
    onClose();
    onMerged(whole);
  };
  return (
    <div class="editor-form">
      <FailureBanner failure={action.failure.value} />
      <p>{t("contact-merge-text")}</p>
      <Field
        name="other"
        type="search"
        label={t("contact-merge-search")}
        value={directory.query.value}
        onInput={(event) => {
          chosen.value = null;
          directory.type(event.currentTarget.value);
        }}
      />
      <fieldset class="merge-choices">
        <legend class="visually-hidden">{t("contacts-title")}</legend>
        {others.slice(0, 8).map((other) => (
          <label key={other.id} class="merge-choice">
            <input
              type="radio"
              name="merge-with"
              checked={chosen.value?.id === other.id}
              onChange={() => {
                chosen.value = other;
              }}
            />
            <span dir="auto">{contactName(other) || t("contact-unnamed")}</span>
            <span class="details-none">{other.emails[0]}</span>
          </label>
        ))}
      </fieldset>
      {others.length === 0 && <p class="details-none">{t("contacts-not-found")}</p>}
      <div class="dialog-actions">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button
          kind="primary"
          busy={action.busy.value}
          disabled={chosen.value === null}
          onClick={() => void merge()}
        >
          {t("contact-merge")}
        </Button>
      </div>
    </div>
  );
}
