import "../styles/fields.css";
import { useMemo } from "preact/hooks";
import { ApiError } from "../../shared/api";
import { Field, TextArea } from "../../shared/components/Field";
import { locale, t } from "../../shared/i18n";
import { newId } from "../../shared/ids";
import type { PageProps } from "../pages";
import { go } from "../route";
import { Draft, type Problems } from "../settings/draft";
import { Editor } from "../settings/parts/Editor";
import { optional } from "../settings/parts/optional";
import { Choice, SelectField } from "../settings/parts/fields";
import { type Fields, fieldsOf, type Kind, KINDS, makeCase, making, portalsOf } from "./make";

/** A case for a call, for a mail that came elsewhere, or from a conversation (S43, X26). */
export default function NewCaseDialog({ desk, technician }: PageProps) {
  const beginning = making.value;
  const portals = portalsOf(technician);
  const form = useMemo(() => {
    if (!beginning) return null;
    // One id for one form: sent again after a lost answer it makes the same case.
    return { id: newId(), draft: new Draft<Fields>(fieldsOf(beginning, portals), check) };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- begun anew each time that it is opened
  }, [beginning]);
  const close = () => {
    making.value = null;
  };
  const save = async (fields: Fields) => {
    if (!form || !beginning) return;
    const made = await makeCase(desk.token, form.id, fields, beginning, locale.value).catch(named);
    desk.store.receive(made, "answer");
    go({ page: "cases", list: fields.mine ? "mine" : "unassigned", caseId: made.id });
  };
  const number = String(beginning?.from?.number ?? "");
  const title = beginning?.entry ? "make-split" : beginning?.from ? "make-from" : "make-title";
  return (
    <Editor
      title={t(title, { number })}
      draft={form?.draft ?? null}
      onClose={close}
      onSave={save}
      saveLabel={t("make-do")}
    >
      {(draft) => (
        <>
          {beginning?.from && <p class="settings-note">{t("make-from-text", { number })}</p>}
          <Choice
            label={t("make-type")}
            {...draft.choice("type")}
            value={draft.values.value.type}
            options={KINDS.map((kind) => ({ value: kind, label: t(`console-type-${kind}`) }))}
            onChange={(kind) => draft.set("type", kind as Kind)}
          />
          {portals.length > 1 && !beginning?.from && (
            <SelectField
              label={t("console-portal")}
              {...draft.choice("portal_id")}
              value={draft.values.value.portal_id}
              options={portals.map(({ id, label }) => ({ value: id, label }))}
              onChange={(id) => draft.set("portal_id", id)}
            />
          )}
          <div class="make-names">
            <Field label={t("console-first-name")} {...draft.text("first_name")} />
            <Field
              label={optional("console-last-name")}
              required={false}
              {...draft.text("last_name")}
            />
          </div>
          <Field
            label={optional("console-email")}
            type="email"
            required={false}
            {...draft.text("email")}
          />
          <Field label={optional("make-name")} required={false} {...draft.text("title")} />
          <TextArea label={t("console-problem")} rows={4} {...draft.text("problem")} />
          <label class="many-option">
            <input
              type="checkbox"
              checked={draft.values.value.mine}
              onChange={(event) => draft.set("mine", event.currentTarget.checked)}
            />
            <span>{t("make-mine")}</span>
          </label>
        </>
      )}
    </Editor>
  );
}

/** What the server says of the customer is said of the field in the form. */
function named(error: unknown): never {
  if (!(error instanceof ApiError)) throw error;
  const { code, status, params, requestId } = error;
  const fields = error.fields.map((one) => ({ ...one, field: one.field.replace("customer.", "") }));
  throw new ApiError(code, status, params, fields, requestId);
}

export function check({ first_name, problem, email, portal_id }: Fields): Problems<Fields> {
  const required = { code: "required", params: {} };
  const wrong = email.trim() !== "" && !/^[^\s@]+@[^\s@]+$/.test(email.trim());
  return {
    ...(first_name.trim() === "" ? { first_name: required } : {}),
    ...(problem.trim() === "" ? { problem: required } : {}),
    ...(portal_id === "" ? { portal_id: required } : {}),
    ...(wrong ? { email: { code: "invalid_email", params: {} } } : {}),
  };
}
