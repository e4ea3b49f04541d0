import { Download } from "lucide";
import { useId, useMemo } from "preact/hooks";
import { Action } from "../../shared/action";
import { Button } from "../../shared/components/Button";
import { FailureBanner } from "../../shared/components/FailureBanner";
import { Labelled } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import { saveFile } from "../../shared/transcripts";
import type { AuditReader } from "./audit";
import { type Actor, GROUPS, type Integrations } from "./integrations";
import { SelectField } from "./parts/fields";

interface FilterProps {
  /** Whom a line can be by. */
  actors: readonly Actor[];
  reader: AuditReader;
}

/** By whom, what about, and when; a change is a new question at once. */
export function AuditFilters({ actors, reader }: FilterProps) {
  const { by, group, since, until } = reader.filter.value;
  return (
    <form class="audit-filters" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label={t("audit-by")}
        name="by"
        value={by}
        options={[
          { value: "", label: t("audit-everybody") },
          ...actors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => void reader.ask({ by: value })}
      />
      <SelectField
        label={t("audit-about-what")}
        name="group"
        value={group}
        options={[
          { value: "", label: t("audit-everything") },
          ...GROUPS.map((value) => ({ value, label: t(`audit-group-${value}`) })),
        ]}
        onChange={(value) => void reader.ask({ group: value })}
      />
      <DayField label={t("audit-since")} name="since" value={since} reader={reader} />
      <DayField label={t("audit-until")} name="until" value={until} reader={reader} />
    </form>
  );
}

interface DayProps {
  label: string;
  name: "since" | "until";
  value: string;
  reader: AuditReader;
}

function DayField({ label, name, value, reader }: DayProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label}>
      <input
        class="input"
        type="date"
        id={id}
        name={name}
        value={value}
        onChange={(event) => void reader.ask({ [name]: event.currentTarget.value })}
      />
    </Labelled>
  );
}

interface ExportProps {
  source: Integrations;
  reader: AuditReader;
}

/** What the filters find, as a file. */
export function ExportButtons({ source, reader }: ExportProps) {
  const action = useMemo(() => new Action(), []);
  const take = (form: "csv" | "jsonl") =>
    void action.run(async () => saveFile(await source.exportAudit(reader.filter.peek(), form)));
  return (
    <div class="audit-export">
      <Button icon={Download} busy={action.busy.value} onClick={() => take("csv")}>
        {t("audit-export-csv")}
      </Button>
      <Button kind="quiet" busy={action.busy.value} onClick={() => take("jsonl")}>
        {t("audit-export-json")}
      </Button>
      <FailureBanner failure={action.failure.value} />
    </div>
  );
}
