import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ApiError, errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Field } from "../../shared/components/Field";
import { LanguageSelect } from "../../shared/components/LanguageSelect";
import { t } from "../../shared/i18n";
import { signIn } from "../session";
import { Brand } from "./Brand";

/** What the form knows to be wrong before it asks the server. */
export function missingFields(email: string, password: string): Record<string, string> {
  const errors: Record<string, string> = {};
  if (email === "") errors.email = "console-email-required";
  else if (!/^\S+@\S+$/.test(email)) errors.email = "console-email-invalid";
  if (password === "") errors.password = "console-password-required";
  return errors;
}

export function SignIn({ ended }: { ended: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useSignal(false);
  const fields = useSignal<Record<string, string>>({});
  const refused = useSignal<ApiError | null>(null);
  useEffect(() => {
    document.title = `${t("console-sign-in-title")} · Deskbus`;
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value || !form.current) return;
    const [email, password] = entered(form.current);
    fields.value = missingFields(email, password);
    refused.value = null;
    const first = Object.keys(fields.value)[0];
    if (first) {
      focusField(form.current, first);
      return;
    }
    busy.value = true;
    try {
      await signIn(email, password);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refused.value = error;
      focusField(form.current, "password");
    } finally {
      busy.value = false;
    }
  };
  const errorOf = (name: string) => (fields.value[name] ? t(fields.value[name]) : undefined);
  return (
    <main class="sign-in">
      <form class="sign-in-card" ref={form} onSubmit={(event) => void submit(event)} noValidate>
        <Brand />
        <h1 class="sign-in-title">{t("console-sign-in-title")}</h1>
        {ended && !refused.value && <Banner kind="warning">{t("console-session-ended")}</Banner>}
        {refused.value && <Refusal error={refused.value} />}
        <Field
          name="email"
          type="email"
          label={t("console-email")}
          autocomplete="username"
          error={errorOf("email")}
        />
        <Field
          name="password"
          type="password"
          label={t("console-password")}
          autocomplete="current-password"
          error={errorOf("password")}
        />
        <Button type="submit" kind="primary" size="large" busy={busy.value}>
          {t("console-sign-in")}
        </Button>
      </form>
      <LanguageSelect />
    </main>
  );
}

function Refusal({ error }: { error: ApiError }) {
  return (
    <Banner kind="error" code={error.code}>
      {errorText(error.code, error.params)}
    </Banner>
  );
}

function entered(form: HTMLFormElement): [email: string, password: string] {
  const { email, password } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  return [(email ?? "").trim(), password ?? ""];
}

function focusField(form: HTMLFormElement, name: string): void {
  (form.elements.namedItem(name) as HTMLElement | null)?.focus();
}
