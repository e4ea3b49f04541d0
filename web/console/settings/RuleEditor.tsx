import { Field, FieldError } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { RuleBody, RuleView } from "../../shared/generated/rest";
import { NumberOf } from "../automation/ConditionFields";
import { ConditionList } from "../automation/ConditionList";
import { Picker } from "../automation/Picker";
import type { Automation } from "../automation/source";
import { StepList } from "../automation/StepList";
import {
  type Condition,
  isWholeCondition,
  MOST_MINUTES,
  newStep,
  RULE_STEP_KINDS,
  type Step,
  type Trigger,
  TRIGGERS,
} from "../automation/vocabulary";
import type { Names } from "../automation/words";
import type { Draft, Problems } from "./draft";
import { checkName, checkSteps } from "./Macros";
import { Editor } from "./parts/Editor";
import { RuleTrial } from "./RuleTrial";

export interface RuleForm {
  name: string;
  trigger: Trigger;
  minutes: number;
  match: RuleView["match"];
  conditions: Condition[];
  actions: Step[];
}

const FIRST_MINUTES = 30;

export function formOf(rule: RuleView | null): RuleForm {
  if (!rule)
    return {
      name: "",
      trigger: "opened",
      minutes: 0,
      match: "all",
      conditions: [],
      actions: [newStep("label-add")],
    };
  const { name, trigger, minutes, match, conditions, actions } = rule;
  return { name, trigger, minutes, match, conditions: [...conditions], actions: [...actions] };
}

/** As the server takes it: minutes where the clock is what sets it off. */
export function bodyOf(form: RuleForm): RuleBody {
  return { ...form, minutes: form.trigger === "waited" ? form.minutes : 0 } as RuleBody;
}

export function checkRule(form: RuleForm): Problems<RuleForm> {
  const { minutes } = form;
  const counts = form.trigger !== "waited" || (minutes >= 1 && minutes <= MOST_MINUTES);
  return {
    ...checkName(form.name),
    ...checkSteps(form.actions),
    ...(counts ? {} : { minutes: { code: "invalid", params: {} } }),
    ...(form.conditions.every(isWholeCondition)
      ? {}
      : { conditions: { code: "incomplete", params: {} } }),
  };
}

interface RuleEditorProps {
  id: string | null;
  draft: Draft<RuleForm> | null;
  names: Names;
  source: Automation;
  onSave: (values: RuleForm) => Promise<unknown>;
  onClose: () => void;
  onReopen: () => void;
}

/** A form that reads like a sentence: when this happens, and these hold, then that is done. */
export function RuleEditor(props: RuleEditorProps) {
  const { id, draft, names, source, onSave, onClose, onReopen } = props;
  return (
    <Editor
      title={t(id ? "rule-edit" : "rule-add")}
      draft={draft}
      wide
      onClose={onClose}
      onReopen={onReopen}
      onSave={onSave}
      saveLabel={t(id ? "save" : "rule-save-off")}
    >
      {(form) => (
        <>
          <Field label={t("rule-name")} hint={t("rule-name-hint")} {...form.text("name")} />
          <When draft={form} />
          <If draft={form} names={names} />
          <Then draft={form} names={names} />
          <RuleTrial draft={form} source={source} />
        </>
      )}
    </Editor>
  );
}

function When({ draft }: { draft: Draft<RuleForm> }) {
  const { trigger, minutes } = draft.values.value;
  const choose = (value: string) => {
    draft.set("trigger", value as Trigger);
    if (value === "waited" && minutes === 0) draft.set("minutes", FIRST_MINUTES);
  };
  return (
    <section class="sentence" aria-label={t("rule-when")}>
      <h3 class="sentence-word">{t("rule-when")}</h3>
      <div class="step-words">
        <Picker
          label={t("rule-when")}
          value={trigger}
          options={TRIGGERS.map((value) => ({
            value,
            label: t(`trigger-pick-${value.replaceAll("_", "-")}`),
          }))}
          onChange={choose}
        />
        {trigger === "waited" && (
          <NumberOf
            label={t("rule-minutes")}
            value={minutes}
            most={MOST_MINUTES}
            invalid={draft.error("minutes") !== undefined}
            onChange={(value) => draft.set("minutes", value)}
          />
        )}
      </div>
      <FieldError text={draft.error("minutes")} aloud />
    </section>
  );
}

function If({ draft, names }: { draft: Draft<RuleForm>; names: Names }) {
  const { conditions, match } = draft.values.value;
  const error = draft.error("conditions");
  return (
    <section class="sentence" aria-label={t("rule-if")}>
      <h3 class="sentence-word">{t("rule-if")}</h3>
      {conditions.length > 1 && (
        <Picker
          label={t("rule-match")}
          value={match}
          options={["all", "any"].map((value) => ({ value, label: t(`rule-match-${value}`) }))}
          onChange={(value) => draft.set("match", value as RuleForm["match"])}
        />
      )}
      <ConditionList
        conditions={conditions}
        names={names}
        judged={error !== undefined}
        onChange={(changed) => draft.set("conditions", changed)}
      />
      <FieldError text={error} aloud />
    </section>
  );
}

function Then({ draft, names }: { draft: Draft<RuleForm>; names: Names }) {
  const error = draft.error("actions");
  return (
    <section class="sentence" aria-label={t("rule-then")}>
      <h3 class="sentence-word">{t("rule-then")}</h3>
      <StepList
        steps={draft.values.value.actions}
        kinds={RULE_STEP_KINDS}
        names={names}
        judged={error !== undefined}
        onChange={(steps) => draft.set("actions", steps)}
      />
      <FieldError text={error} aloud />
    </section>
  );
}
