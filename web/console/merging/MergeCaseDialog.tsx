import "../styles/fields.css";
import { signal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Action } from "../../shared/action";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { FailureBanner } from "../../shared/components/FailureBanner";
import { Field } from "../../shared/components/Field";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import { ContactSource } from "../contact/source";
import type { Desk } from "../desk";
import { type Case, customerName } from "../model";
import { Search } from "../search";
import { mergeCase, merging, noteMerged, sayWhy } from "./merge";

const SHOWN = 8;

/** Which case this one is the same as: those of the same customer are offered, others are found by a search. */
export default function MergeCaseDialog({ desk }: { desk: Desk }) {
  const source = merging.value;
  return (
    <Dialog
      title={t("merge-title", { number: String(source?.number ?? "") })}
      open={source !== null}
      class="editor"
      onClose={() => {
        merging.value = null;
      }}
    >
      {source && <Merging key={source.id} desk={desk} source={source} />}
    </Dialog>
  );
}

function Merging({ desk, source }: { desk: Desk; source: Case }) {
  const search = useMemo(() => new Search(desk.backend), [desk]);
  const action = useMemo(() => new Action(), []);
  const offered = useOffered(desk, source);
  const chosen = useSignal<Case | null>(null);
  const found = (search.found.value ?? offered).filter(
    (item) => item.id !== source.id && item.company_id === source.company_id && !item.merged_into,
  );
  const close = () => {
    merging.value = null;
  };
  const merge = async () => {
    const target = chosen.peek();
    if (!target) return;
    const done = await action.run(
      async () => noteMerged(desk, await mergeCase(desk.token, source, target), target),
      (error) => {
        const news = desk.backend.movedOn(error);
        if (news) sayWhy(desk, error);
        return news !== null;
      },
    );
    if (done) close();
  };
  return (
    <div class="editor-form">
      <FailureBanner failure={action.failure.value} />
      <p>{t("merge-text")}</p>
      <Field
        name="target"
        type="search"
        label={t("merge-search")}
        value={search.query.value}
        onInput={(event) => {
          chosen.value = null;
          search.type(event.currentTarget.value);
        }}
      />
      <fieldset class="merge-choices">
        <legend class="visually-hidden">{t("console-cases")}</legend>
        {found.slice(0, SHOWN).map((item) => (
          <label key={item.id} class="merge-choice">
            <input
              type="radio"
              name="merge-into"
              checked={chosen.value?.id === item.id}
              onChange={() => {
                chosen.value = item;
              }}
            />
            <span dir="auto">
              #{item.number} {customerName(item)} · {t(`console-state-${item.state}`)} ·{" "}
              <Time at={item.created_at} />
            </span>
            <span class="details-none" dir="auto">
              {item.title || item.preview || t("console-no-preview")}
            </span>
          </label>
        ))}
      </fieldset>
      {found.length === 0 && <p class="details-none">{t("merge-none")}</p>}
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        <Button
          kind="primary"
          busy={action.busy.value}
          disabled={chosen.value === null}
          onClick={() => void merge()}
        >
          {t("merge-do")}
        </Button>
      </div>
    </div>
  );
}

function useOffered(desk: Desk, source: Case): readonly Case[] {
  const offered = useMemo(() => signal<readonly Case[]>([]), []);
  useEffect(() => {
    new ContactSource(desk.token).related(source.id, null).then(
      (page) => {
        offered.value = page.cases;
      },
      // The search is there all the same.
      () => undefined,
    );
  }, [desk, source.id, offered]);
  return offered.value;
}
