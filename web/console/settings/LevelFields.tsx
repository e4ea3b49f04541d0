import { useId } from "preact/hooks";
import { described, FieldNotes } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import { promised } from "../sla";
import type { Draft } from "./draft";
import { SelectField } from "./parts/fields";
import { KINDS, type LevelForm, minutesOf, PRIORITIES, type Span } from "./serviceLevel";

const WARNINGS = ["0", "10", "25", "50"];

/** What is promised, by kind; other times for some priorities; and how early a warning comes. */
export function LevelFields({ draft }: { draft: Draft<LevelForm> }) {
  const form = draft.values.value;
  const own = PRIORITIES.some((name) =>
    KINDS.some((kind) => form.priorities[name][kind].amount !== ""),
  );
  const warnings = WARNINGS.includes(form.warn) ? WARNINGS : [...WARNINGS, form.warn];
  return (
    <>
      <div class="level-targets">
        {KINDS.map((kind) => (
          <SpanField
            key={kind}
            label={promised(kind)}
            hint={t(`sla-about-${kind.replace("_", "-")}`)}
            error={draft.error(kind)}
            span={form[kind]}
            onChange={(span) => draft.set(kind, span)}
          />
        ))}
      </div>
      <details class="level-priorities" open={own}>
        <summary>{t("sla-priorities")}</summary>
        {PRIORITIES.map((name) => (
          <fieldset key={name}>
            <legend>{t(`console-priority-${name}`)}</legend>
            <div class="level-targets">
              {KINDS.map((kind) => {
                const span = form.priorities[name][kind];
                return (
                  <SpanField
                    key={kind}
                    label={promised(kind)}
                    error={Number.isNaN(minutesOf(span)) ? draft.error("priorities") : undefined}
                    span={span}
                    onChange={(changed) =>
                      draft.set("priorities", {
                        ...form.priorities,
                        [name]: { ...form.priorities[name], [kind]: changed },
                      })
                    }
                  />
                );
              })}
            </div>
          </fieldset>
        ))}
      </details>
      <SelectField
        label={t("sla-warn")}
        name="warn"
        value={form.warn}
        options={warnings.map((value) => ({
          value,
          label: value === "0" ? t("sla-warn-never") : t("sla-warn-share", { percent: value }),
        }))}
        onChange={(warn) => draft.set("warn", warn)}
      />
    </>
  );
}

interface SpanFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  span: Span;
  onChange: (span: Span) => void;
}

/** A length of time: a number, empty for none, and its unit. */
function SpanField({ label, hint, error, span, onChange }: SpanFieldProps) {
  const id = useId();
  return (
    <div class="level-target">
      <div class="level-words">
        <label class="field-label" for={id}>
          {label}
        </label>
        <FieldNotes id={id} hint={hint} error={error} />
      </div>
      <input
        class="input"
        id={id}
        inputMode="decimal"
        autocomplete="off"
        placeholder="–"
        value={span.amount}
        onInput={(event) => onChange({ ...span, amount: event.currentTarget.value })}
        {...described(id, { label, hint, error })}
      />
      <select
        class="input select"
        aria-label={t("sla-unit", { what: label })}
        value={span.unit}
        onChange={(event) => onChange({ ...span, unit: event.currentTarget.value as Span["unit"] })}
      >
        <option value="minutes">{t("sla-minutes")}</option>
        <option value="hours">{t("sla-hours")}</option>
      </select>
    </div>
  );
}
