import { MessageCircle, Send } from "lucide";
import { useRef } from "preact/hooks";
import { Banner } from "../shared/components/Banner";
import { Button } from "../shared/components/Button";
import { FailureBanner } from "../shared/components/FailureBanner";
import { Field, TextArea } from "../shared/components/Field";
import { t } from "../shared/i18n";
import type { FieldName, Form } from "./form";
import type { PortalPage } from "./page";

/** Who asks: the last step before the chat. Where nobody is there for one, the question stands in it too. */
export function FormView({ page }: { page: PortalPage }) {
  const element = useRef<HTMLFormElement>(null);
  const { form } = page;
  const asks = page.view.value === "request";
  const submit = async (event: Event) => {
    event.preventDefault();
    await page.submit();
    focusProblem(element.current, form);
  };
  return (
    <form class="form" ref={element} noValidate onSubmit={(event) => void submit(event)}>
      <Head asks={asks} />
      {page.offersChat.value && <ChatOffer onChat={() => page.chooseChat()} />}
      <FailureBanner failure={page.entering.failure.value} />
      <div class="form-names">
        <Input form={form} name="first_name" label={t("form-first-name")} complete="given-name" />
        <Input form={form} name="last_name" label={t("form-last-name")} complete="family-name" />
      </div>
      <EmailInput
        form={form}
        optional={page.fields.value.email === "optional"}
        hint={t(asks ? "form-email-hint-request" : "form-email-hint")}
      />
      {asks && <QuestionInput form={form} label={t("form-question")} />}
      <Submit asks={asks} busy={page.entering.busy.value} />
      <FormErrors form={form} />
    </form>
  );
}

function Head({ asks }: { asks: boolean }) {
  return (
    <div class="form-head" role="status">
      <h1>{t(asks ? "portal-request-title" : "form-title")}</h1>
      <p>{t(asks ? "portal-request-text" : "form-text")}</p>
    </div>
  );
}

function ChatOffer({ onChat }: { onChat: () => void }) {
  const action = <Button onClick={onChat}>{t("form-chat-instead")}</Button>;
  return (
    <Banner icon={MessageCircle} action={action}>
      {t("form-chat-possible")}
    </Banner>
  );
}

function Submit({ asks, busy }: { asks: boolean; busy: boolean }) {
  const text = asks
    ? t(busy ? "form-sending" : "form-send")
    : t(busy ? "form-starting" : "form-submit");
  return (
    <Button
      type="submit"
      kind="primary"
      size="large"
      icon={asks ? Send : MessageCircle}
      busy={busy}
    >
      {text}
    </Button>
  );
}

interface EmailInputProps {
  form: Form;
  hint?: string;
  optional?: boolean;
}

export function EmailInput({ form, hint, optional = false }: EmailInputProps) {
  const label = t(optional ? "form-email-optional" : "form-email");
  return <Input {...{ form, label, hint }} name="email" complete="email" required={!optional} />;
}

export function QuestionInput({ form, label }: { form: Form; label: string }) {
  return (
    <TextArea
      name="question"
      label={label}
      rows={5}
      error={form.text("question")}
      value={form.values.value.question}
      onInput={(event) => form.set("question", event.currentTarget.value)}
    />
  );
}

/** How many fields are to be corrected, for whoever hears the page. */
export function FormErrors({ form }: { form: Form }) {
  const count = Object.keys(form.problems.value).length;
  return (
    <p class="visually-hidden" role="status">
      {count === 0 ? "" : t("form-errors", { count })}
    </p>
  );
}

interface InputProps {
  form: Form;
  name: FieldName;
  label: string;
  complete: "given-name" | "family-name" | "email";
  hint?: string | undefined;
  required?: boolean;
}

function Input({ form, name, label, complete, hint, required = true }: InputProps) {
  return (
    <Field
      name={name}
      label={label}
      hint={hint}
      error={form.text(name)}
      value={form.values.value[name]}
      onInput={(event) => form.set(name, event.currentTarget.value)}
      type={complete === "email" ? "email" : "text"}
      autocomplete={complete}
      required={required}
    />
  );
}

/** To the first field that is to be corrected. */
export function focusProblem(element: HTMLFormElement | null, form: Form): void {
  const name = form.firstProblem();
  if (name) element?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();
}
