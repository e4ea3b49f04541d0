import { ArrowLeft, Send } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../shared/components/Button";
import { FailureBanner } from "../shared/components/FailureBanner";
import { t } from "../shared/i18n";
import type { Chat } from "./chat";
import { EmailInput, FormErrors, focusProblem, QuestionInput } from "./FormView";
import type { Fields } from "./form";
import "./leave.css";

/** Stop waiting: the question is left for an answer by email. Until it is sent, the place in the queue is kept. */
export function LeaveForm({ chat }: { chat: Chat }) {
  const element = useRef<HTMLFormElement>(null);
  const { form, sending } = chat.leaving;
  const asksEmail = chat.email.value === "";
  const fields: Fields = { question: "required", ...(asksEmail ? { email: "required" } : {}) };
  const send = async (event: Event) => {
    event.preventDefault();
    await chat.leaving.send(fields);
    focusProblem(element.current, form);
  };
  useEffect(() => element.current?.querySelector("textarea")?.focus(), []);
  return (
    <form class="form leave" ref={element} noValidate onSubmit={(event) => void send(event)}>
      <div class="form-head">
        <h2>{t("leave-title")}</h2>
        <p>{asksEmail ? t("leave-text") : t("leave-text-to", { email: chat.email.value })}</p>
      </div>
      <FailureBanner failure={sending.failure.value} />
      <QuestionInput form={form} label={t("form-question")} />
      {asksEmail && <EmailInput form={form} />}
      <div class="leave-actions">
        <Button type="submit" kind="primary" size="large" icon={Send} busy={sending.busy.value}>
          {t(sending.busy.value ? "form-sending" : "form-send")}
        </Button>
        <Button size="large" icon={ArrowLeft} onClick={() => chat.leaving.goBack()}>
          {t("leave-back")}
        </Button>
      </div>
      <FormErrors form={form} />
    </form>
  );
}
