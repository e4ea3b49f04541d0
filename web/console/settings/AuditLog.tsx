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
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { PageProps } from "../pages";
import { AuditFilters, ExportButtons } from "./AuditFilters";
import { AuditReader, fieldName, sentence, valueText } from "./audit";
import { type AuditLine, Integrations } from "./integrations";
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
export default function AuditLog({ desk }: PageProps) {
  const source = useMemo(() => new Integrations(desk.token), [desk]);
  const reader = useMemo(() => new AuditReader(source), [source]);
  useEffect(() => void reader.ask(), [reader]);
  return (
    <>
      <SectionHead
        title={t("audit-log")}
        about={t("audit-about")}
        action={<ExportButtons source={source} reader={reader} />}
      />
      <AuditFilters source={source} reader={reader} />
      <Lines reader={reader} />
    </>
  );
}

function Lines({ reader }: { reader: AuditReader }) {
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
            <Line key={line.id} line={line} />
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

function Line({ line }: { line: AuditLine }) {
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
        <Facts line={line} />
      </details>
    </li>
  );
}

/** All that the line holds, for whoever has to know it exactly. */
function Facts({ line }: { line: AuditLine }) {
  const facts: [string, string | null][] = [
    [t("audit-when"), line.time],
    [t("audit-action"), line.action],
    [t("audit-by-id"), line.by_id],
    [t("audit-case-id"), line.case_id],
    [t("audit-address"), line.address],
    [t("audit-browser"), line.user_agent],
  ];
  return (
    <dl class="audit-facts">
      {line.changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd dir="auto">
            {before === null
              ? valueText(after)
              : t("audit-change", { before: valueText(before), after: valueText(after) })}
          </dd>
        </div>
      ))}
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="audit-exact">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
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
