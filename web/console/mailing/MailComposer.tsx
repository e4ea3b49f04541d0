import { SendHorizontal } from "lucide";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { type Case, isIncoming } from "../model";
import { useReplyFocus } from "../parts/useReplyFocus";
import { type MailForm, mailFormOf, SUBJECT_LIMIT, subjectOf } from "./mail";
import { sendMail } from "./send";

/** A mail to the customer (S31): to whom, about what, and what it says; kept until the desk has it. */
export function MailComposer({ desk, item }: { desk: Desk; item: Case }) {
  const form = mailFormOf(desk.technician.id, item);
  const area = useReplyFocus(item.id);
  const id = useId();
  const preset = subjectOf(item);
  useEffect(() => form.offer(preset), [form, preset]);
  const text = useRef<HTMLTextAreaElement>(null);
  const send = async () => {
    if (form.blank || form.over > 0) text.current?.focus();
    else if (await sendMail(desk, item, form)) text.current?.focus();
  };
  const busy = form.busy.value;
  // In a mail Enter begins a new line.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      class="mail-composer"
      ref={area}
      aria-label={t("console-mail-to", { email: item.customer.email })}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="mail-sheet">
        <p class="mail-line">
          <span class="mail-line-name">{t("console-mail-line-to")}</span>
          <span class="mail-line-value">{item.customer.email}</span>
        </p>
        <div class="mail-line">
          <label class="mail-line-name" for={`${id}-subject`}>
            {t("console-mail-subject")}
          </label>
          <input
            id={`${id}-subject`}
            class="mail-line-value"
            value={form.subject.value}
            maxLength={SUBJECT_LIMIT}
            readOnly={busy}
            dir="auto"
            onKeyDown={onKeyDown}
            onInput={(event) => form.write({ subject: event.currentTarget.value })}
          />
        </div>
        <textarea
          ref={text}
          rows={4}
          value={form.text.value}
          readOnly={busy}
          dir="auto"
          aria-label={t("console-mail-text")}
          aria-describedby={`${id}-hint`}
          aria-invalid={form.over > 0}
          placeholder={t("console-mail-placeholder", { name: item.customer.first_name })}
          onKeyDown={onKeyDown}
          onInput={(event) => form.write({ text: event.currentTarget.value })}
        />
      </div>
      <Trouble form={form} />
      <div class="mail-actions">
        <span class="mail-hint" id={`${id}-hint`}>
          {t(item.live ? "console-mail-hint-live" : "console-mail-hint")}{" "}
          <span class="mail-keys">{t("console-mail-keys")}</span>
        </span>
        <Button type="submit" kind="primary" icon={SendHorizontal} busy={busy}>
          {t(isIncoming(item) ? "console-mail-assign-and-send" : "console-mail-send")}
        </Button>
      </div>
    </form>
  );
}

function Trouble({ form }: { form: MailForm }) {
  if (form.over > 0)
    return (
      <p class="mail-trouble" role="alert">
        {t("text-too-long", { over: form.over })}
      </p>
    );
  const problem = form.problem.value;
  if (!problem) return null;
  return (
    <p class="mail-trouble" role="alert">
      {problem.text} {problem.code && <small class="code">{problem.code}</small>}
    </p>
  );
}
