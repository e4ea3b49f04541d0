import { MessageCircle } from "lucide";
import { useRef } from "preact/hooks";
import { errorText } from "../shared/api";
import { Banner } from "../shared/components/Banner";
import { Button } from "../shared/components/Button";
import { Field } from "../shared/components/Field";
import { t } from "../shared/i18n";
import { FIELDS, type FieldName } from "./form";
import type { PortalPage } from "./page";

/** Who asks: the last step before the chat. */
export function FormView({ page }: { page: PortalPage }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = page.starting.value;
  const refusal = page.refusal.value;
  const submit = async (event: Event) => {
    event.preventDefault();
    await page.submit();
    focusFirst(form.current, page);
  };
  return (
    <form class="form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <div class="form-head">
        <h1>{t("form-title")}</h1>
        <p>{t("form-text")}</p>
      </div>
      {refusal && (
        <Banner kind="error" code={refusal.code}>
          {errorText(refusal.code, refusal.params)}
        </Banner>
      )}
      <div class="form-names">
        <Input page={page} name="first_name" label={t("form-first-name")} complete="given-name" />
        <Input page={page} name="last_name" label={t("form-last-name")} complete="family-name" />
      </div>
      <Input
        page={page}
        name="email"
        label={t("form-email")}
        hint={t("form-email-hint")}
        complete="email"
      />
      <Button type="submit" kind="primary" size="large" icon={MessageCircle} busy={busy}>
        {busy ? t("form-starting") : t("form-submit")}
      </Button>
      <p class="visually-hidden" role="status">
        {page.form.valid.value
          ? ""
          : t("form-errors", { count: Object.keys(page.form.problems.value).length })}
      </p>
    </form>
  );
}

interface InputProps {
  page: PortalPage;
  name: FieldName;
  label: string;
  complete: "given-name" | "family-name" | "email";
  hint?: string;
}

function Input({ page, name, label, complete, hint }: InputProps) {
  return (
    <Field
      name={name}
      label={label}
      hint={hint}
      error={page.form.text(name)}
      value={page.form.values.value[name]}
      onInput={(event) => page.form.set(name, event.currentTarget.value)}
      type={complete === "email" ? "email" : "text"}
      autocomplete={complete}
    />
  );
}

function focusFirst(form: HTMLFormElement | null, page: PortalPage): void {
  const first = FIELDS.find((field) => page.form.problems.peek()[field]);
  if (first) form?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
}
