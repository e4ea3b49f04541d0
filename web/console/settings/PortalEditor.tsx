import { CircleCheck } from "lucide";
import { useMemo } from "preact/hooks";
import { Field } from "../../shared/components/Field";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { CompanyPortalList, OneCompany } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { updateTechnician } from "../session";
import { Draft } from "./draft";
import { Editor } from "./parts/Editor";
import { Choice, SelectField } from "./parts/fields";
import { check, NameCheck, NEW, type Portals, type PortalTyped } from "./portals";

export interface Editing {
  /** Null for a portal that is made. */
  company: OneCompany | null;
}

interface PortalEditorProps {
  desk: Desk;
  portals: Portals;
  list: CompanyPortalList;
  editing: Editing | null;
  onClose: () => void;
}

/** A portal, in a dialog: whose it is, how it is reached, and whether it is open. */
export function PortalEditor({ desk, portals, list, editing, onClose }: PortalEditorProps) {
  const portal = editing?.company?.portal ?? null;
  const without = list.companies.filter((company) => !company.portal);
  const draft = useMemo(
    () => editing && new Draft<PortalTyped>(begin(editing, without), check),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is typed stays while the list is read again
    [editing],
  );
  const name = useMemo(
    () => new NameCheck((typed) => portals.check(typed, portal?.id ?? null)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a check for each time it is opened
    [portals, editing],
  );
  const save = async (values: PortalTyped) => {
    await (portal ? portals.change(portal.id, values) : portals.add(values));
    // The console has a place for cases from now on, of a company that is new.
    await desk.account.me().then(updateTechnician, () => undefined);
  };
  return (
    <Editor
      title={portal ? t("settings-portal-edit") : t("console-add-portal")}
      draft={draft}
      onClose={onClose}
      onSave={save}
    >
      {(open) => (
        <>
          {!portal && without.length > 0 && (
            <SelectField
              label={t("settings-portal-company")}
              {...open.choice("company")}
              value={open.values.value.company}
              options={[
                ...without.map(({ id, name: label }) => ({ value: id, label })),
                { value: NEW, label: t("settings-portal-new-company") },
              ]}
              onChange={(company) => open.set("company", company)}
            />
          )}
          {!portal && open.values.value.company === NEW && (
            <Field
              label={t("settings-portal-company-name")}
              hint={t("settings-portal-company-hint")}
              {...open.text("company_name")}
            />
          )}
          <Subdomain draft={open} name={name} base={list.base} moved={portal !== null} />
          <Field
            label={t("settings-portal-mail")}
            type="email"
            autocomplete="off"
            hint={t("settings-portal-mail-hint")}
            {...open.text("mail_address")}
          />
          <Choice
            label={t("settings-portal-state")}
            hint={t(`settings-portal-${open.values.value.state}-means`)}
            {...open.choice("state")}
            value={open.values.value.state}
            options={(["active", "inactive"] as const).map((value) => ({
              value,
              label: t(`settings-portal-${value}`),
            }))}
            onChange={(state) => open.set("state", state as PortalTyped["state"])}
          />
        </>
      )}
    </Editor>
  );
}

interface SubdomainProps {
  draft: Draft<PortalTyped>;
  name: NameCheck;
  base: string;
  /** Whether another address is left behind. */
  moved: boolean;
}

function Subdomain({ draft, name, base, moved }: SubdomainProps) {
  const { onInput, error, ...field } = draft.text("subdomain");
  const wrong = error ?? name.error.value;
  const url = name.url.value;
  return (
    <div class="portal-name">
      <Field
        label={t("settings-portal-subdomain")}
        autocomplete="off"
        hint={t("settings-portal-address", { base })}
        {...field}
        {...(wrong && { error: wrong })}
        onInput={(event) => {
          onInput(event);
          name.typed(event.currentTarget.value);
        }}
      />
      <p class="portal-free" role="status">
        {url && (
          <>
            <Icon of={CircleCheck} />
            <span>{t("settings-portal-free", { url })}</span>
          </>
        )}
      </p>
      {moved && <p class="field-hint">{t("settings-portal-moved")}</p>}
    </div>
  );
}

function begin({ company }: Editing, without: readonly OneCompany[]): PortalTyped {
  return {
    company: company?.id ?? without[0]?.id ?? NEW,
    company_name: "",
    subdomain: company?.portal?.subdomain ?? "",
    state: company?.portal?.state ?? "active",
    mail_address: company?.portal?.mail_address ?? "",
  };
}
