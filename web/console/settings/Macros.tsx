import "../styles/automation.css";
import { useSignal } from "@preact/signals";
import { TriangleAlert, Users, Zap } from "lucide";
import { useEffect } from "preact/hooks";
import { Field, FieldError } from "../../shared/components/Field";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { MacroView } from "../../shared/generated/rest";
import { Automation } from "../automation/source";
import { StepList } from "../automation/StepList";
import { isWholeStep, newStep, STEP_KINDS, type Step } from "../automation/vocabulary";
import { type Names, stepsText } from "../automation/words";
import { useNames } from "../automation/names";
import type { Desk } from "../desk";
import type { PageProps } from "../pages";
import { Collection } from "./collection";
import { Draft, type Problems } from "./draft";
import { Editor } from "./parts/Editor";
import { Choice } from "./parts/fields";
import { AddButton, NamedList } from "./parts/NamedList";
import { SectionHead } from "./parts/SectionHead";

const LONGEST_NAME = 80;

export interface MacroForm {
  name: string;
  shared: boolean;
  actions: Step[];
}

/** Macros (X11): everybody's, which administrators make, and one's own. */
export default function MacrosSection({ desk, technician }: PageProps) {
  const source = new Automation(desk.token);
  const macros = useMacros(desk, source);
  const names = useNames(desk);
  const administrator = technician.role === "administrator";
  const editing = useSignal<{ id: string | null; draft: Draft<MacroForm> } | null>(null);
  const edit = (macro: MacroView | null) => {
    const form = macro ?? { name: "", shared: false, actions: [newStep("label-add")] };
    const { name, shared, actions } = form;
    const draft = new Draft<MacroForm>({ name, shared, actions: [...actions] }, checkMacro);
    editing.value = { id: macro?.id ?? null, draft };
  };
  const save = async (values: MacroForm) => {
    macros.put(await source.saveMacro(editing.peek()?.id ?? null, values));
    void desk.macros.load();
  };
  const mayChange = (macro: MacroView) => administrator || !macro.shared;
  const open = editing.value;
  const add = <AddButton onClick={() => edit(null)}>{t("macro-add")}</AddButton>;
  return (
    <>
      <SectionHead
        title={t("settings-macros")}
        about={t("settings-macros-about")}
        action={macros.items.value?.length ? add : null}
      />
      <NamedList
        label={t("settings-macros")}
        collection={macros}
        nameOf={({ name }) => name}
        sign={(macro) => <Icon of={macro.shared ? Users : Zap} />}
        facts={(macro) => <MacroFacts macro={macro} names={names} />}
        onEdit={edit}
        editable={mayChange}
        removable={mayChange}
        empty={{
          icon: Zap,
          title: t("settings-macros-none"),
          text: t("settings-macros-none-text"),
          action: add,
        }}
      />
      <Editor
        title={t(editing.value?.id ? "macro-edit" : "macro-add")}
        draft={editing.value?.draft ?? null}
        onClose={() => {
          editing.value = null;
        }}
        onReopen={() => {
          editing.value = open;
        }}
        onSave={save}
      >
        {(draft) => <MacroFields {...{ draft, names, administrator }} />}
      </Editor>
    </>
  );
}

function MacroFacts({ macro, names }: { macro: MacroView; names: Names }) {
  return (
    <>
      {macro.faults.length > 0 && (
        <span class="broken">
          <Icon of={TriangleAlert} /> {t("macro-broken")}{" "}
        </span>
      )}
      <span class="rule-sentence">
        {t(macro.shared ? "macro-shared" : "macro-own")} · {stepsText(macro.actions, names)}
      </span>
    </>
  );
}

interface MacroFieldsProps {
  draft: Draft<MacroForm>;
  names: Names;
  administrator: boolean;
}

function MacroFields({ draft, names, administrator }: MacroFieldsProps) {
  const { actions, shared } = draft.values.value;
  const error = draft.error("actions");
  return (
    <>
      <Field label={t("macro-name")} hint={t("macro-name-hint")} {...draft.text("name")} />
      {administrator && (
        <Choice
          label={t("macro-for")}
          name="shared"
          value={shared ? "shared" : "own"}
          options={["own", "shared"].map((value) => ({ value, label: t(`macro-for-${value}`) }))}
          onChange={(value) => draft.set("shared", value === "shared")}
        />
      )}
      <section class="sentence" aria-label={t("automation-actions")}>
        <h3 class="sentence-word">{t("macro-does")}</h3>
        <StepList
          steps={actions}
          kinds={STEP_KINDS}
          names={names}
          judged={error !== undefined}
          onChange={(steps) => draft.set("actions", steps)}
        />
        <FieldError text={error} aloud />
      </section>
    </>
  );
}

export function checkMacro({ name, actions }: MacroForm): Problems<MacroForm> {
  return { ...checkName(name), ...checkSteps(actions) };
}

export function checkName(name: string): Problems<{ name: string }> {
  if (name.trim() === "") return { name: { code: "required", params: {} } };
  const tooLong = [...name.trim()].length > LONGEST_NAME;
  return tooLong ? { name: { code: "too_long", params: { max: LONGEST_NAME } } } : {};
}

export function checkSteps(actions: readonly Step[]): Problems<{ actions: Step[] }> {
  return actions.every(isWholeStep) ? {} : { actions: { code: "incomplete", params: {} } };
}

function useMacros(desk: Desk, source: Automation): Collection<MacroView> {
  const macros = useSignal(
    new Collection<MacroView>(
      { list: () => source.macros(), remove: ({ id }) => source.removeMacro(id) },
      ({ name }) => name,
    ),
  );
  // What was deleted here is offered nowhere any more.
  useEffect(() => () => void desk.macros.load(), [desk]);
  useEffect(() => desk.kept.on("macro", () => void macros.value.load()), [desk, macros]);
  return macros.value;
}
