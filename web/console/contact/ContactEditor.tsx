import { useMemo } from "preact/hooks";
import { ApiError } from "../../shared/api";
import { Field, TextArea } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { ContactView } from "../../shared/generated/rest";
import { Draft, type Problems } from "../settings/draft";
import { Editor } from "../settings/parts/Editor";
import { optional } from "../settings/parts/optional";
import type { ContactSource } from "./source";

/** As it is typed: the addresses stand one in each line. */
interface Fields {
  first_name: string;
  last_name: string;
  emails: string;
  organisation: string;
  phone: string;
  note: string;
}

interface EditorProps {
  /** Null while nothing is being edited. */
  contact: ContactView | null;
  source: ContactSource;
  onClose: () => void;
  onChange: (contact: ContactView) => void;
  /** Somebody else has changed it: it is read again. */
  onStale: () => void;
}

export function ContactEditor({ contact, source, onClose, onChange, onStale }: EditorProps) {
  const version = contact?.version ?? 0;
  // A newer version of the same contact must not take away what is being typed.
  const id = contact?.id;
  const draft = useMemo(
    () => contact && new Draft<Fields>(fieldsOf(contact), check),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- begun anew each time that it is opened
    [id],
  );
  const save = async ({ emails, ...others }: Fields) => {
    if (!contact) return;
    try {
      onChange(await source.change(contact.id, { ...others, emails: linesOf(emails), version }));
    } catch (error) {
      if (error instanceof ApiError && error.code === "contact_moved_on") onStale();
      throw error;
    }
  };
  return (
    <Editor title={t("contact-edit")} draft={draft} onClose={onClose} onSave={save}>
      {(form) => (
        <>
          <Field
            label={optional("console-first-name")}
            required={false}
            {...form.text("first_name")}
          />
          <Field
            label={optional("console-last-name")}
            required={false}
            {...form.text("last_name")}
          />
          <TextArea
            label={t("contact-emails")}
            hint={t("contact-emails-hint")}
            rows={2}
            {...form.text("emails")}
          />
          <Field
            label={optional("contact-organisation")}
            required={false}
            {...form.text("organisation")}
          />
          <Field
            label={optional("contact-phone")}
            type="tel"
            required={false}
            {...form.text("phone")}
          />
          <TextArea
            label={optional("contact-note")}
            hint={t("contact-note-hint")}
            required={false}
            rows={3}
            {...form.text("note")}
          />
        </>
      )}
    </Editor>
  );
}

function fieldsOf({
  first_name,
  last_name,
  emails,
  organisation,
  phone,
  note,
}: ContactView): Fields {
  return { first_name, last_name, emails: emails.join("\n"), organisation, phone, note };
}

export function linesOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter(Boolean);
}

export function check({ emails }: Fields): Problems<Fields> {
  const lines = linesOf(emails);
  if (lines.length === 0) return { emails: { code: "required", params: {} } };
  const wrong = lines.some((line) => !/^[^\s@]+@[^\s@]+$/.test(line));
  return wrong ? { emails: { code: "invalid_email", params: {} } } : {};
}
