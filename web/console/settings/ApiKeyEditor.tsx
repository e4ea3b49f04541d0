import { Check, Copy } from "lucide";
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import { serverNow } from "../../shared/time";
import { type Check as Checking, Draft } from "./draft";
import {
  type ApiKeyShown,
  type Integrations,
  type NewApiKey,
  OF_THE_ACCOUNT,
  SCOPES,
  scopeText,
} from "./integrations";
import { Editor } from "./parts/Editor";
import { Choice, ManyField, SelectField } from "./parts/fields";

const DAY = 86_400_000;
export const LASTS = ["90", "365", "30", ""] as const;
export const MOST_A_MINUTE = 6000;
const REACHES = ["all", "some"] as const;

type Reach = "all" | "some";
export interface KeyForm {
  name: string;
  /** For all companies, or for those that are named. */
  reach: Reach;
  companies: readonly string[];
  scopes: readonly string[];
  rate_per_minute: string;
  /** Days; empty for no end. */
  lasts: string;
}

export const checkKey: Checking<KeyForm> = (form) => ({
  ...(form.name.trim() ? {} : { name: { code: "required", params: {} } }),
  ...(scopesOf(form).length > 0 ? {} : { scopes: { code: "required", params: {} } }),
  ...(form.reach === "all" || form.companies.length > 0
    ? {}
    : { companies: { code: "required", params: {} } }),
  ...(isRate(form.rate_per_minute) ? {} : { rate_per_minute: { code: "invalid", params: {} } }),
});

function isRate(text: string): boolean {
  const rate = Number(text);
  return Number.isInteger(rate) && rate >= 1 && rate <= MOST_A_MINUTE;
}

/** What can be chosen: what is the account's is not offered to a key of some companies. */
const offered = ({ reach }: KeyForm) =>
  SCOPES.filter((scope) => reach === "all" || !OF_THE_ACCOUNT.includes(scope));

const scopesOf = (form: KeyForm) => offered(form).filter((scope) => form.scopes.includes(scope));

/** What the server is asked for. */
export function wantedKey(form: KeyForm, at: number): NewApiKey {
  return {
    name: form.name,
    scopes: scopesOf(form),
    companies: form.reach === "all" ? [] : [...form.companies],
    all_companies: form.reach === "all",
    rate_per_minute: Number(form.rate_per_minute),
    expires_at: form.lasts ? new Date(at + Number(form.lasts) * DAY).toISOString() : null,
  };
}

interface NewKeyProps {
  open: boolean;
  source: Integrations;
  companies: readonly { id: string; name: string }[];
  onCreated: (key: ApiKeyShown) => void;
  onClose: () => void;
}

/** First what the key is for; then, once, its secret. */
export function NewKeyDialog({ open, source, companies, onCreated, onClose }: NewKeyProps) {
  const secret = useSignal<string | null>(null);
  const draft = useMemo(() => (open ? new Draft(fresh(companies), checkKey) : null), [open]); // eslint-disable-line react-hooks/exhaustive-deps -- a new form for each opening
  const create = async (form: KeyForm) => {
    const created = await source.createKey(wantedKey(form, serverNow()));
    onCreated(created.key);
    secret.value = created.secret;
  };
  return (
    <>
      <Editor
        title={t("api-key-new")}
        draft={draft}
        onClose={onClose}
        onSave={create}
        saveLabel={t("api-key-create")}
      >
        {(form) => <KeyFields draft={form} companies={companies} />}
      </Editor>
      <SecretDialog secret={secret.value} onClose={() => (secret.value = null)} />
    </>
  );
}

function fresh(companies: readonly { id: string }[]): KeyForm {
  return {
    name: "",
    reach: companies.length > 1 ? "some" : "all",
    companies: [],
    scopes: [],
    rate_per_minute: "120",
    lasts: LASTS[0],
  };
}

interface FieldsProps {
  draft: Draft<KeyForm>;
  companies: readonly { id: string; name: string }[];
}

function KeyFields({ draft, companies }: FieldsProps) {
  const values = draft.values.value;
  return (
    <>
      <Field label={t("api-key-name")} hint={t("api-key-name-hint")} {...draft.text("name")} />
      <Choice
        label={t("api-key-companies")}
        value={values.reach}
        options={REACHES.map((value) => ({ value, label: t(`api-key-reach-${value}`) }))}
        onChange={(reach) => draft.set("reach", reach as Reach)}
        {...draft.choice("reach")}
      />
      {values.reach === "some" && (
        <ManyField
          label={t("api-key-which")}
          chosen={values.companies}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen) => draft.set("companies", chosen)}
          {...draft.choice("companies")}
        />
      )}
      <ManyField
        label={t("api-key-scopes")}
        hint={values.reach === "some" ? t("api-key-account-hint") : undefined}
        chosen={values.scopes}
        options={offered(values).map((value) => ({ value, label: scopeText(value) }))}
        onChange={(chosen) => draft.set("scopes", chosen)}
        {...draft.choice("scopes")}
      />
      {scopesOf(values).includes("administer") && (
        <Banner kind="warning">{t("api-key-administers")}</Banner>
      )}
      <Field
        label={t("api-key-rate")}
        hint={t("api-key-rate-hint", { most: MOST_A_MINUTE })}
        type="number"
        {...draft.text("rate_per_minute")}
      />
      <SelectField
        label={t("api-key-lasts")}
        value={values.lasts}
        options={LASTS.map((days) => ({
          value: days,
          label: days ? t("api-key-days", { days: Number(days) }) : t("api-key-for-ever"),
        }))}
        onChange={(days) => draft.set("lasts", days)}
        {...draft.choice("lasts")}
      />
    </>
  );
}

/** The one time at which the secret can be seen. */
function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret ?? "");
    copied.value = true;
  };
  const close = () => {
    copied.value = false;
    onClose();
  };
  const actions = (
    <>
      <Button icon={copied.value ? Check : Copy} onClick={() => void copy()}>
        {t(copied.value ? "api-key-copied" : "api-key-copy")}
      </Button>
      <Button kind="primary" onClick={close}>
        {t("api-key-done")}
      </Button>
    </>
  );
  return (
    <Dialog
      title={t("api-key-created")}
      open={secret !== null}
      onClose={close}
      actions={actions}
      steady
      class="editor"
    >
      <Banner kind="warning">{t("api-key-once")}</Banner>
      <input
        class="input key-secret"
        readOnly
        aria-label={t("api-key-secret")}
        value={secret ?? ""}
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  );
}
