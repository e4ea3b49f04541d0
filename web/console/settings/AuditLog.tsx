import "../styles/integrations.css";
import {
  ChevronDown,
  FileText,
  type IconNode,
  Inbox,
  KeyRound,
  LogIn,
  ScrollText,
  Settings,
  Users,
} from "lucide";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { Time } from "../../shared/components/Time";
import { formatLocale, t } from "../../shared/i18n";
import type { PageProps } from "../pages";
import { PlaceLink } from "../parts/PlaceLink";
import { AuditFilters, ExportButtons } from "./AuditFilters";
import { AuditReader, sentence } from "./audit";
import { type Called, factsOf } from "./auditWords";
import { type Actor, type AuditLine, Integrations } from "./integrations";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";

const ICONS: Record<AuditLine["group"], IconNode> = {
  sessions: LogIn,
  people: Users,
  settings: Settings,
  cases: Inbox,
  exports: FileText,
  keys: KeyRound,
};

/** Who did what, when and from where; read and taken along by administrators (X15). */
export default function AuditLog({ desk, technician }: PageProps) {
  const source = useMemo(() => new Integrations(desk.token), [desk]);
  const reader = useMemo(() => new AuditReader(source), [source]);
  const actors = useSignal<readonly Actor[]>([]);
  useEffect(() => void reader.ask(), [reader]);
  useEffect(() => {
    // Without the names the log can still be read; what failed shows there.
    source.actors().then(
      (found) => (actors.value = found),
      () => undefined,
    );
  }, [source, actors]);
  const named = [...actors.value, ...technician.companies, ...desk.macros.all.value];
  const titled = desk.labels.all.value.map(({ id, title }) => ({ id, name: title }));
  const called = new Map([...named, ...titled].map(({ id, name }) => [id, name]));
  return (
    <>
      <SectionHead
        title={t("audit-log")}
        about={t("audit-about")}
        action={<ExportButtons source={source} reader={reader} />}
      />
      <AuditFilters actors={actors.value} reader={reader} />
      <Lines reader={reader} called={called} />
    </>
  );
}

function Lines({ reader, called }: { reader: AuditReader; called: Called }) {
  const lines = reader.lines.value;
  const failure = reader.failure.value;
  return (
    <>
      {failure !== null && <Unread error={failure} onRetry={() => void reader.read()} />}
      {!lines && failure === null && <LinesSkeleton />}
      {lines?.length === 0 && <NoLines />}
      {lines && lines.length > 0 && (
        <ol class="audit-lines" aria-label={t("audit-log")}>
          {lines.map((line) => (
            <Line key={line.id} line={line} called={called} />
          ))}
        </ol>
      )}
      {lines && reader.more.value && (
        <Button class="audit-more" busy={reader.busy.value} onClick={() => void reader.read()}>
          {t("audit-older")}
        </Button>
      )}
    </>
  );
}

function Line({ line, called }: { line: AuditLine; called: Called }) {
  const from = [line.address, line.via === "api" ? t("audit-via-api") : ""].filter(Boolean);
  return (
    <li class="audit-line">
      <span class="audit-sign">
        <Icon of={ICONS[line.group]} label={t(`audit-group-${line.group}`)} />
      </span>
      <details>
        <summary>
          <span class="audit-sentence" dir="auto">
            {sentence(line)}
          </span>
          <span class="audit-meta">
            <Time at={line.time} />
            {from.map((part) => (
              <span key={part}>{part}</span>
            ))}
          </span>
          <Icon of={ChevronDown} />
        </summary>
        <Facts line={line} called={called} />
        <Exact line={line} />
      </details>
    </li>
  );
}

/** What was changed from what to what, and what else is known of it. */
function Facts({ line, called }: { line: AuditLine; called: Called }) {
  const facts = factsOf(line, called);
  if (facts.length === 0) return null;
  return (
    <dl class="audit-facts">
      {facts.map(({ field, name, before, value }) => (
        <div key={field}>
          <dt>{name}</dt>
          <dd dir="auto">
            {before !== null && (
              <>
                <span class="visually-hidden">{t("audit-from")} </span>
                <del>{before}</del>
                <span aria-hidden="true"> → </span>
                <span class="visually-hidden"> {t("audit-to")} </span>
              </>
            )}
            <span>{value}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** When, from where and by which codes, for whoever has to know it exactly. */
function Exact({ line }: { line: AuditLine }) {
  const codes: [string, string | null][] = [
    [t("audit-address"), line.address],
    [t("audit-browser"), line.user_agent],
    [t("audit-action"), line.action],
    [t("audit-by-id"), line.by_id],
    [t("audit-subject-id"), line.subject_id],
    [t("audit-case-id"), line.case_id],
  ];
  const open = line.case_id !== null && line.action !== "case.deleted";
  return (
    <dl class="audit-facts audit-exact">
      <div>
        <dt>{t("audit-when")}</dt>
        <dd>{formatExact(line.time)}</dd>
      </div>
      {codes.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {open && value === line.case_id ? (
                  <PlaceLink to={{ page: "cases", caseId: value }} class="link">
                    {value}
                  </PlaceLink>
                ) : (
                  value
                )}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** To the second and with its zone, for whoever has to prove it. */
function formatExact(iso: string): string {
  return new Date(iso).toLocaleString(formatLocale.value, { dateStyle: "long", timeStyle: "long" });
}

function NoLines() {
  return (
    <div class="empty settings-empty">
      <Icon of={ScrollText} />
      <h3 class="empty-title">{t("audit-none")}</h3>
      <p>{t("audit-none-text")}</p>
    </div>
  );
}

function LinesSkeleton() {
  return (
    <div class="audit-lines" role="status" aria-label={t("loading")}>
      {["62%", "48%", "70%", "54%"].map((width) => (
        <div key={width} class="audit-line">
          <Skeleton width={width} height="14px" />
        </div>
      ))}
    </div>
  );
}
