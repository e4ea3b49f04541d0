import { CircleCheck, type IconNode, MailCheck, MessageCircle } from "lucide";
import { Icon } from "../shared/components/Icon";
import { Time } from "../shared/components/Time";
import { t } from "../shared/i18n";
import type { LinkedCase } from "./backend";

type State = LinkedCase["state"];

const SIGNS: Readonly<Record<State, IconNode>> = {
  received: MailCheck,
  in_progress: MessageCircle,
  resolved: CircleCheck,
};
const STEPS = ["received", "in_progress", "resolved"] as const;

/** How a request is, in words, and what has happened so far. */
export function Progress({ shown }: { shown: LinkedCase }) {
  const { state } = shown;
  const number = String(shown.number);
  return (
    <>
      <div class="status-head" role="status">
        <span class="notice-icon status-icon" data-state={state}>
          <Icon of={SIGNS[state]} />
        </span>
        <h1>{t("status-title", { number })}</h1>
        <h2 class="status-state">{headline(shown)}</h2>
        <p>{t(`status-${named(state)}-text`, { number })}</p>
      </div>
      <ol class="steps" aria-label={t("status-steps")}>
        {STEPS.map((step) => (
          <Step key={step} step={step} at={timeOf(step, shown)} current={step === state} />
        ))}
      </ol>
    </>
  );
}

interface StepProps {
  step: State;
  /** When it was reached; null before. */
  at: string | null;
  current: boolean;
}

function Step({ step, at, current }: StepProps) {
  return (
    <li class="step" data-done={at !== null} aria-current={current ? "step" : undefined}>
      <span class="step-name">{t(`status-step-${named(step)}`)}</span>
      {at !== null && <Time at={at} />}
    </li>
  );
}

function headline({ state, technician }: LinkedCase): string {
  if (state !== "in_progress") return t(`status-${state}`);
  return technician
    ? t("status-in-progress", { name: technician })
    : t("status-in-progress-somebody");
}

function timeOf(step: State, shown: LinkedCase): string | null {
  const times = {
    received: shown.received_at,
    in_progress: shown.assigned_at,
    resolved: shown.resolved_at,
  };
  return times[step];
}

/** As it stands in the names of texts. */
function named(state: State): string {
  return state.replace("_", "-");
}
