import { ArrowDown, ArrowUp, Plus, X } from "lucide";
import { useRef } from "preact/hooks";
import { Button, IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { Picker } from "./Picker";
import { StepFields } from "./StepFields";
import {
  isWholeStep,
  kindOfStep,
  MOST_STEPS,
  newStep,
  type Step,
  type StepKind,
} from "./vocabulary";
import type { Names } from "./words";

interface StepListProps {
  steps: readonly Step[];
  kinds: readonly StepKind[];
  names: Names;
  /** Whether to mark what is not said yet. */
  judged: boolean;
  onChange: (steps: Step[]) => void;
}

/** The actions, one behind the other: each can be another one, come earlier or later, or go. */
export function StepList({ steps, kinds, names, judged, onChange }: StepListProps) {
  const list = useRef<HTMLOListElement>(null);
  const put = (at: number, step: Step) => onChange(steps.map((one, i) => (i === at ? step : one)));
  const move = (at: number, by: number) => {
    const moved = [...steps];
    const [step] = moved.splice(at, 1);
    if (step) moved.splice(at + by, 0, step);
    onChange(moved);
    focusRow(list.current, at + by);
  };
  const remove = (at: number) => {
    onChange(steps.filter((_, i) => i !== at));
    focusRow(list.current, Math.min(at, steps.length - 2));
  };
  const add = () => {
    onChange([...steps, newStep(kinds[0] ?? "flag")]);
    focusRow(list.current, steps.length);
  };
  return (
    <>
      <ol class="step-list" ref={list} aria-label={t("automation-actions")}>
        {steps.map((step, at) => (
          <li key={at} class="step-row" data-wrong={judged && !isWholeStep(step)}>
            <div class="step-words">
              <Picker
                label={t("automation-action", { place: at + 1 })}
                value={kindOfStep(step)}
                options={kinds.map((kind) => ({ value: kind, label: t(`step-${kind}`) }))}
                onChange={(kind) => put(at, newStep(kind as StepKind))}
              />
              <StepFields
                step={step}
                names={names}
                invalid={judged && !isWholeStep(step)}
                onChange={(changed) => put(at, changed)}
              />
            </div>
            <div class="step-tools">
              <IconButton
                icon={ArrowUp}
                label={t("automation-up", { place: at + 1 })}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              />
              <IconButton
                icon={ArrowDown}
                label={t("automation-down", { place: at + 1 })}
                disabled={at === steps.length - 1}
                onClick={() => move(at, 1)}
              />
              <IconButton
                icon={X}
                label={t("automation-remove", { place: at + 1 })}
                disabled={steps.length === 1}
                onClick={() => remove(at)}
              />
            </div>
          </li>
        ))}
      </ol>
      {steps.length < MOST_STEPS && (
        <Button kind="quiet" icon={Plus} class="step-add" onClick={add}>
          {t("automation-add-action")}
        </Button>
      )}
    </>
  );
}

/** Where one goes on: the row that was moved or has come. */
export function focusRow(list: HTMLElement | null, at: number): void {
  requestAnimationFrame(() =>
    list?.children.item(Math.max(0, at))?.querySelector<HTMLElement>("select")?.focus(),
  );
}
