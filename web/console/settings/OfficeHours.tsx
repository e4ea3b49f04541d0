import { useSignal } from "@preact/signals";
import { Plus, Trash2, X } from "lucide";
import { useId, useRef } from "preact/hooks";
import { Button, IconButton } from "../../shared/components/Button";
import { described, Field, FieldError } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { RangeBody } from "../../shared/generated/rest";
import { formatWeekday } from "../snoozing";
import type { Draft } from "./draft";
import { Choice } from "./parts/fields";
import { formatHoliday, type LevelForm } from "./serviceLevel";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** When somebody works: every hour, or the hours of a week at some place, without its holidays. */
export function OfficeHours({ draft }: { draft: Draft<LevelForm> }) {
  const form = draft.values.value;
  return (
    <>
      <Choice
        label={t("hours-what-counts")}
        name="always"
        value={form.always ? "always" : "office"}
        options={[
          { value: "office", label: t("hours-office") },
          { value: "always", label: t("hours-always") },
        ]}
        onChange={(value) => draft.set("always", value === "always")}
      />
      {!form.always && (
        <>
          <ZoneField draft={draft} />
          <Week draft={draft} />
          <Holidays draft={draft} />
        </>
      )}
    </>
  );
}

function ZoneField({ draft }: { draft: Draft<LevelForm> }) {
  const list = useId();
  const zones = Intl.supportedValuesOf("timeZone");
  return (
    <>
      <Field label={t("hours-zone")} {...draft.text("zone")} {...{ list }} autocomplete="off" />
      <datalist id={list}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

function Week({ draft }: { draft: Draft<LevelForm> }) {
  const { week } = draft.values.value;
  const id = useId();
  const problem = draft.error("week") && t("hours-problem");
  const set = (day: number, ranges: RangeBody[]) =>
    draft.set(
      "week",
      week.map((known, at) => (at === day ? ranges : known)),
    );
  return (
    <fieldset
      class="choice-set"
      {...described(id, { error: problem })}
      tabIndex={problem ? -1 : undefined}
    >
      <legend class="field-label">{t("hours-week")}</legend>
      {DAYS.map((day) => (
        <Day
          key={day}
          name={formatWeekday(day)}
          ranges={week[day] ?? []}
          onChange={(ranges) => set(day, ranges)}
        />
      ))}
      <FieldError id={`${id}-error`} text={problem} />
    </fieldset>
  );
}

interface DayProps {
  name: string;
  ranges: readonly RangeBody[];
  onChange: (ranges: RangeBody[]) => void;
}

function Day({ name, ranges, onChange }: DayProps) {
  const day = useRef<HTMLDivElement>(null);
  const remove = (at: number) => {
    onChange(ranges.filter((_, place) => place !== at));
    day.current?.querySelector<HTMLElement>(":scope > button")?.focus();
  };
  const put = (at: number, change: Partial<RangeBody>) =>
    onChange(ranges.map((range, place) => (place === at ? { ...range, ...change } : range)));
  return (
    <div class="hours-day" role="group" aria-label={name} ref={day}>
      <span class="hours-name">{name}</span>
      <div class="hours-ranges">
        {ranges.length === 0 && <span class="hours-closed">{t("hours-closed")}</span>}
        {ranges.map((range, at) => (
          // A range has no name but its place.
          <div class="hours-range" key={at}>
            <TimeField
              label={t("hours-begin", { day: name })}
              value={range.begin}
              onChange={(begin) => put(at, { begin })}
            />
            <span aria-hidden="true">–</span>
            <TimeField
              label={t("hours-end", { day: name })}
              value={range.end === "24:00" ? "00:00" : range.end}
              onChange={(end) => put(at, { end: end === "00:00" ? "24:00" : end })}
            />
            <IconButton
              icon={Trash2}
              label={t("hours-remove", { day: name, begin: range.begin, end: range.end })}
              onClick={() => remove(at)}
            />
            {range.end < range.begin && range.end !== "" && (
              <span class="hours-next-day">{t("hours-next-day")}</span>
            )}
          </div>
        ))}
      </div>
      <IconButton
        icon={Plus}
        label={t("hours-add", { day: name })}
        onClick={() => onChange([...ranges, nextRange(ranges)])}
      />
    </div>
  );
}

function TimeField(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <input
      class="input"
      type="time"
      aria-label={props.label}
      value={props.value}
      onInput={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** Behind the last hours of a day, as after a break. */
function nextRange(ranges: readonly RangeBody[]): RangeBody {
  return ranges.length === 0 ? { begin: "09:00", end: "17:00" } : { begin: "18:00", end: "20:00" };
}

function Holidays({ draft }: { draft: Draft<LevelForm> }) {
  const { holidays } = draft.values.value;
  const day = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    if (day.value) draft.set("holidays", [...new Set([...holidays, day.value])].sort());
    day.value = "";
    field.current?.focus();
  };
  const remove = (holiday: string) => {
    const left = holidays.filter((one) => one !== holiday);
    draft.set("holidays", left);
    field.current?.focus();
  };
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t("hours-holidays")}
      </label>
      {holidays.length > 0 && (
        <ul class="holiday-list">
          {holidays.map((holiday) => (
            <li class="holiday" key={holiday}>
              {formatHoliday(holiday)}
              <IconButton
                icon={X}
                label={t("hours-holiday-remove", { day: formatHoliday(holiday) })}
                onClick={() => remove(holiday)}
              />
            </li>
          ))}
        </ul>
      )}
      <div class="holiday-add">
        <input
          class="input"
          id={id}
          type="date"
          ref={field}
          value={day.value}
          onKeyDown={(event) => {
            // It adds the day, and does not save the form.
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
          onInput={(event) => {
            day.value = event.currentTarget.value;
          }}
        />
        <Button onClick={add} disabled={!day.value}>
          {t("hours-holiday-add")}
        </Button>
      </div>
    </div>
  );
}
