import { Plus, X } from "lucide";
import { useRef } from "preact/hooks";
import { Button, IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { ConditionFields } from "./ConditionFields";
import { Picker } from "./Picker";
import { focusRow } from "./StepList";
import {
  type Condition,
  CONDITION_KINDS,
  type ConditionKind,
  isWholeCondition,
  MOST_STEPS,
  newCondition,
} from "./vocabulary";
import type { Names } from "./words";

interface ConditionListProps {
  conditions: readonly Condition[];
  names: Names;
  judged: boolean;
  onChange: (conditions: Condition[]) => void;
}

/** The conditions: each asks one thing, and may ask for its opposite. */
export function ConditionList({ conditions, names, judged, onChange }: ConditionListProps) {
  const list = useRef<HTMLUListElement>(null);
  const put = (at: number, one: Condition) =>
    onChange(conditions.map((other, i) => (i === at ? one : other)));
  const remove = (at: number) => {
    onChange(conditions.filter((_, i) => i !== at));
    if (conditions.length > 1) focusRow(list.current, Math.min(at, conditions.length - 2));
    else list.current?.parentElement?.querySelector<HTMLElement>(".step-add")?.focus();
  };
  const add = () => {
    onChange([...conditions, newCondition("text")]);
    focusRow(list.current, conditions.length);
  };
  return (
    <>
      {conditions.length === 0 && <p class="step-none">{t("rule-always")}</p>}
      <ul class="step-list" ref={list} aria-label={t("rule-conditions")}>
        {conditions.map((condition, at) => {
          const wrong = judged && !isWholeCondition(condition);
          return (
            <li key={at} class="step-row" data-wrong={wrong}>
              <div class="step-words">
                <Picker
                  label={t("rule-condition", { place: at + 1 })}
                  value={condition.what}
                  options={CONDITION_KINDS.map((kind) => ({
                    value: kind,
                    label: t(`condition-kind-${kind.replace("_", "-")}`),
                  }))}
                  onChange={(kind) => put(at, newCondition(kind as ConditionKind))}
                />
                <Picker
                  label={t("rule-is-or-not")}
                  value={condition.negated ? "not" : "is"}
                  options={["is", "not"].map((value) => ({
                    value,
                    label: t(`verb-${verbOf(condition)}${value === "not" ? "-not" : ""}`),
                  }))}
                  onChange={(value) => put(at, { ...condition, negated: value === "not" })}
                />
                <ConditionFields
                  condition={condition}
                  names={names}
                  invalid={wrong}
                  onChange={(changed) => put(at, changed)}
                />
              </div>
              <div class="step-tools">
                <IconButton
                  icon={X}
                  label={t("rule-remove-condition", { place: at + 1 })}
                  onClick={() => remove(at)}
                />
              </div>
            </li>
          );
        })}
      </ul>
      {conditions.length < MOST_STEPS && (
        <Button kind="quiet" icon={Plus} class="step-add" onClick={add}>
          {t("rule-add-condition")}
        </Button>
      )}
    </>
  );
}

const CONTAINS: ReadonlySet<string> = new Set(["text", "email"]);

/** What stands between a thing and its values: contains, is at least, is. */
function verbOf({ what }: Condition): string {
  if (CONTAINS.has(what)) return "contains";
  if (what === "waited") return "at-least";
  if (what === "rating") return "at-most";
  if (what === "office_open") return "open";
  return what === "flagged" ? "set" : "is";
}
