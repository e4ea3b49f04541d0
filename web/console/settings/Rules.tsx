import "../styles/automation.css";
import { useSignal } from "@preact/signals";
import { ArrowDown, ArrowUp, TriangleAlert, Workflow } from "lucide";
import { useRef } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { RuleView } from "../../shared/generated/rest";
import { useNames } from "../automation/names";
import { Automation } from "../automation/source";
import { askedOf, conditionText, type Names, stepsText, triggerText } from "../automation/words";
import { explain } from "../explain";
import type { PageProps } from "../pages";
import { Collection } from "./collection";
import { Draft } from "./draft";
import { AddButton, NamedList } from "./parts/NamedList";
import { SectionHead } from "./parts/SectionHead";
import { bodyOf, checkRule, formOf, RuleEditor, type RuleForm } from "./RuleEditor";

/** Rules (X11): what happens by itself when something happens to a case. */
export default function RulesSection({ desk }: PageProps) {
  const source = new Automation(desk.token);
  const rules = useRules(source);
  const names = useNames(desk, true);
  const editing = useSignal<{ id: string | null; draft: Draft<RuleForm> } | null>(null);
  const edit = (rule: RuleView | null) => {
    editing.value = { id: rule?.id ?? null, draft: new Draft(formOf(rule), checkRule) };
  };
  const save = async (values: RuleForm) => {
    rules.put(await source.saveRule(editing.peek()?.id ?? null, bodyOf(values)));
  };
  const open = editing.value;
  const add = <AddButton onClick={() => edit(null)}>{t("rule-add")}</AddButton>;
  return (
    <>
      <SectionHead
        title={t("settings-rules")}
        about={t("settings-rules-about")}
        action={rules.items.value?.length ? add : null}
      />
      <NamedList
        label={t("settings-rules")}
        collection={rules}
        nameOf={({ name }) => name}
        facts={(rule) => <RuleFacts rule={rule} names={names} />}
        controls={(rule) => <RuleControls {...{ rule, rules, source }} />}
        onEdit={edit}
        empty={{
          icon: Workflow,
          title: t("settings-rules-none"),
          text: t("settings-rules-none-text"),
          action: add,
        }}
      />
      <RuleEditor
        id={editing.value?.id ?? null}
        draft={editing.value?.draft ?? null}
        names={names}
        source={source}
        onSave={save}
        onClose={() => {
          editing.value = null;
        }}
        onReopen={() => {
          editing.value = open;
        }}
      />
    </>
  );
}

/** The rule as a sentence, and how it has run. */
function RuleFacts({ rule, names }: { rule: RuleView; names: Names }) {
  const asked = rule.conditions.map((one) => conditionText(askedOf(one), names));
  const joined = asked.join(t(rule.match === "all" ? "rule-and" : "automation-or"));
  return (
    <>
      {rule.faults.length > 0 && (
        <span class="broken">
          <Icon of={TriangleAlert} /> {t("rule-broken")}{" "}
        </span>
      )}
      <span class="rule-sentence">
        {t(joined ? "rule-sentence" : "rule-sentence-always", {
          when: triggerText(rule.trigger, rule.minutes),
          conditions: joined,
          actions: stepsText(rule.actions, names),
        })}
      </span>
      <span class="rule-runs">
        {t(rule.on ? "rule-on" : "rule-off")} · {t("rule-runs", { count: rule.runs })}
        {rule.failures > 0 && <> · {t("rule-failures", { count: rule.failures })}</>}
        {rule.last_at && (
          <>
            {" · "}
            {t("rule-last")} <Time at={rule.last_at} />
          </>
        )}
      </span>
    </>
  );
}

interface ControlsProps {
  rule: RuleView;
  rules: Collection<RuleView>;
  source: Automation;
}

function RuleControls({ rule, rules, source }: ControlsProps) {
  const controls = useRef<HTMLSpanElement>(null);
  const all = rules.items.value ?? [];
  const at = all.findIndex(({ id }) => id === rule.id);
  const flip = async (on: boolean) => {
    try {
      rules.put(await source.switchRule(rule.id, on));
    } catch (error) {
      explain(error);
      // The switch stands where it stood: the list is drawn anew.
      rules.put({ ...rule });
    }
  };
  const move = async (by: number) => {
    const ids = all.map(({ id }) => id).filter((id) => id !== rule.id);
    ids.splice(at + by, 0, rule.id);
    try {
      rules.arrange(await source.orderRules(ids));
    } catch (error) {
      explain(error);
    }
    follow(by);
  };
  // The row has moved, and at an end one of its buttons is none any more.
  const follow = (by: number) =>
    requestAnimationFrame(() => {
      const [up, down] = controls.current?.querySelectorAll("button") ?? [];
      for (const button of by < 0 ? [down, up] : [up, down]) button?.focus();
    });
  return (
    <span class="rule-controls" ref={controls}>
      <IconButton
        icon={ArrowUp}
        label={t("rule-up", { name: rule.name })}
        disabled={at <= 0}
        onClick={() => void move(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={t("rule-down", { name: rule.name })}
        disabled={at === all.length - 1}
        onClick={() => void move(1)}
      />
      <input
        type="checkbox"
        role="switch"
        class="switch"
        aria-label={t("rule-switch", { name: rule.name })}
        checked={rule.on}
        onChange={(event) => void flip(event.currentTarget.checked)}
      />
    </span>
  );
}

function useRules(source: Automation): Collection<RuleView> {
  const rules = useSignal(
    new Collection<RuleView>(
      { list: () => source.rules(), remove: ({ id }) => source.removeRule(id) },
      ({ name }) => name,
    ),
  );
  return rules.value;
}
