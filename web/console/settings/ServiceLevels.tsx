import "../styles/service-levels.css";
import { useSignal } from "@preact/signals";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import type { LevelView, PreviewView, ServiceLevelsView } from "../../shared/generated/rest";
import { explain } from "../explain";
import type { PageProps } from "../pages";
import { promised } from "../sla";
import { toast } from "../toasts";
import { Draft } from "./draft";
import { LevelFields } from "./LevelFields";
import { LevelTrial } from "./LevelTrial";
import { OfficeHours } from "./OfficeHours";
import { Card } from "./parts/Card";
import { SavedForm } from "./parts/Editor";
import { SelectField } from "./parts/fields";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";
import { CardSkeleton } from "./parts/Skeletons";
import {
  bodyOf,
  check,
  EVERYWHERE,
  formOf,
  KINDS,
  type LevelForm,
  ServiceLevels as Source,
} from "./serviceLevel";
import { Trial } from "./trial";

const LOOK_MS = 1_000;
const SETTLE_MS = 400;

/** What is promised to customers, for all portals and for single ones (X10). */
export default function ServiceLevels({ desk }: PageProps) {
  const source = useMemo(() => new Source(desk.token), [desk]);
  const known = useSignal<ServiceLevelsView | null>(null);
  const failure = useSignal<unknown>(null);
  const place = useSignal(EVERYWHERE);
  const load = useCallback(async () => {
    try {
      known.value = await source.list();
      failure.value = null;
    } catch (error) {
      // What was read before goes on being shown.
      if (known.peek()) explain(error);
      else failure.value = error;
    }
  }, [source, known, failure]);
  useEffect(() => void load(), [load]);
  // While open cases are counted anew, it says how far it is.
  const counting = known.value && levelOf(known.value, place.value)?.recount?.finished === false;
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => void load(), LOOK_MS);
    return () => clearInterval(timer);
  }, [counting, load]);
  const levels = known.value;
  return (
    <>
      <SectionHead title={t("settings-sla")} about={t("settings-sla-about")} />
      {!levels && failure.value !== null && (
        <Unread error={failure.value} onRetry={() => void load()} />
      )}
      {!levels && failure.value === null && <CardSkeleton />}
      {levels && (
        <>
          <SelectField
            label={t("sla-place")}
            name="place"
            value={place.value}
            options={optionsOf(levels)}
            onChange={(value) => {
              place.value = value;
            }}
          />
          <Level
            key={place.value}
            place={place.value}
            levels={levels}
            source={source}
            onChanged={load}
          />
        </>
      )}
    </>
  );
}

function levelOf(levels: ServiceLevelsView, place: string): LevelView | null {
  if (place === EVERYWHERE) return levels.default;
  return levels.portals.find(({ portal }) => portal.id === place)?.level ?? null;
}

function optionsOf({ portals }: ServiceLevelsView) {
  const own = portals.map(({ portal, level }) => ({
    value: portal.id,
    label: t(level ? "sla-place-own" : "sla-place-default", { portal: portal.address }),
  }));
  return [{ value: EVERYWHERE, label: t("sla-place-all") }, ...own];
}

/** The button that was pressed is about to go; the page stays where it is. */
function focusPlace(): void {
  const place = document.querySelector<HTMLElement>(".settings-body [name=place]");
  place?.focus({ preventScroll: true });
}

/** When it was decided, to the millisecond: what is read again is told no more exactly than it was kept. */
function momentOf(level: LevelView | null): number | null {
  return level && Date.parse(level.changed_at);
}

interface LevelProps {
  place: string;
  levels: ServiceLevelsView;
  source: Source;
  onChanged: () => Promise<void>;
}

function Level({ place, levels, source, onChanged }: LevelProps) {
  const level = levelOf(levels, place);
  const begin = () => new Draft<LevelForm>(formOf(level ?? levels.default), check);
  const drafted = useSignal(useMemo(begin, [])); // eslint-disable-line react-hooks/exhaustive-deps -- another place is another `Level`
  const changed = momentOf(level);
  const shown = useRef(changed);
  // What somebody else saved, or what was removed here, begins the form anew; what was saved here stands in it.
  useEffect(() => {
    if (shown.current === changed) return;
    shown.current = changed;
    drafted.value = begin();
  }, [changed]); // eslint-disable-line react-hooks/exhaustive-deps -- what is typed stays while the rest is read again
  const draft = drafted.value;
  const [trial] = useState(() => new Trial((body, after) => source.trial(place, body, after)));
  const form = draft.values.value;
  const sound = Object.keys(check(form)).length === 0;
  useEffect(() => trial.clear(), [form, trial]);
  const save = async (values: LevelForm) => {
    shown.current = momentOf(await source.save(place, values));
    await onChanged();
  };
  const tryOut = () => {
    if (sound) void trial.run(bodyOf(form));
    else draft.problems.value = check(form);
  };
  const tried = async (change: () => Promise<unknown>) => {
    try {
      await change();
      await onChanged();
    } catch (error) {
      explain(error);
    }
  };
  const remove = async (removed: LevelView) => {
    focusPlace();
    await source.remove(place);
    const again = () => {
      focusPlace();
      void tried(() => source.save(place, formOf(removed)));
    };
    toast({ tone: "done", text: t("sla-removed"), action: { label: t("undo"), run: again } });
  };
  const removal = level && (
    <Button onClick={() => void tried(() => remove(level))}>
      {t(place === EVERYWHERE ? "sla-remove-default" : "sla-remove")}
    </Button>
  );
  return (
    <>
      {place !== EVERYWHERE && !level && <p class="settings-note">{t("sla-inherits")}</p>}
      <SavedForm draft={draft} onSave={save} more={removal}>
        <Card title={t("sla-promises")} about={t("sla-promises-about")}>
          <LevelFields draft={draft} />
        </Card>
        <Card title={t("hours-title")} about={t("hours-about")}>
          <OfficeHours draft={draft} />
        </Card>
        {sound && <Preview form={form} source={source} />}
      </SavedForm>
      {level?.recount && !level.recount.finished && level.recount.total > 0 && (
        <p role="status">
          {t("sla-recount", { done: level.recount.done, total: level.recount.total })}
        </p>
      )}
      <Card title={t("sla-trial-title")} about={t("sla-trial-about")}>
        <LevelTrial trial={trial} onTry={tryOut} />
      </Card>
    </>
  );
}

/** When a chat that comes in at this moment would be due, as the desk reckons it. */
function Preview({ form, source }: { form: LevelForm; source: Source }) {
  const shown = useSignal<PreviewView | null>(null);
  useEffect(() => {
    let wanted = true;
    const ask = async () => {
      try {
        const preview = await source.preview(form);
        if (wanted) shown.value = preview;
      } catch {
        // The form says by itself what is wrong when it is saved.
        if (wanted) shown.value = null;
      }
    };
    const timer = setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [form, source, shown]);
  const preview = shown.value;
  const kinds = KINDS.filter((kind) => preview && kind in preview.due && kind !== "next_response");
  if (!preview || kinds.length === 0) return null;
  return (
    <div class="level-preview" role="status">
      {t(preview.open ? "sla-preview-open" : "sla-preview-closed")}
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>
            {t("sla-preview-due", {
              what: promised(kind),
              at: preview.due[kind] ? formatFull(preview.due[kind]) : t("sla-preview-never"),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
