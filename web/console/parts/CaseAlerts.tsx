import { BellOff, BellRing, ChevronRight } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { Time } from "../../shared/components/Time";
import type { AlertView } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import { everToldIn, mailedIn, namesOf, nobodyIn, notToldIn, toldIn } from "../alerts";
import type { Desk } from "../desk";
import { Looking } from "../looking";
import type { Case } from "../model";
import { promised } from "../sla";
import { Unread } from "./Unread";

/** The decisions on the case on screen, looked for anew when the case changes or rings. */
function useAlerts(desk: Desk, item: Case): Looking<AlertView> {
  const { id, state_version, requested_at, sla } = item;
  const alerts = useMemo(() => new Looking(() => desk.backend.alerts(id)), [desk, id]);
  useEffect(() => {
    alerts.refresh();
    const leave = desk.socket.on("alert", (frame) => frame.case_id === id && alerts.refresh());
    return () => {
      leave();
      alerts.stop();
    };
  }, [desk, alerts, id, state_version, requested_at, sla?.warned_at, sla?.breached_at]);
  return alerts;
}

/** Who was told that the case waits, and why everybody else was not (N3). That nobody was told is said at once. */
export function AlertSection({ desk, item }: { desk: Desk; item: Case }) {
  const alerts = useAlerts(desk, item);
  const known = alerts.found.value;
  const failure = alerts.failure.value;
  if (known.length === 0 && failure !== null)
    return (
      <section aria-label={t("console-alerts")}>
        <h3 class="details-heading">{t("console-alerts")}</h3>
        <Unread error={failure} asked onRetry={() => alerts.refresh()} />
      </section>
    );
  if (known.length === 0 && !alerts.done.value) return null;
  const told = everToldIn(known);
  return (
    <section aria-label={t("console-alerts")} data-testid="alerts">
      {told.length === 0 && <Nobody pending={item.state === "pending"} />}
      {known.length > 0 && <Decisions desk={desk} alerts={alerts} told={told.length} />}
    </section>
  );
}

function Nobody({ pending }: { pending: boolean }) {
  return (
    <p class="alerts-nobody">
      <Icon of={BellOff} />
      {t(pending ? "console-alerts-none-pending" : "console-alerts-none")}
    </p>
  );
}

interface DecisionsProps {
  desk: Desk;
  alerts: Looking<AlertView>;
  told: number;
}

function Decisions({ desk, alerts, told }: DecisionsProps) {
  const open = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open) alerts.refresh();
  };
  return (
    <details class="alerts" onToggle={open}>
      <summary class="alerts-summary">
        <Icon of={ChevronRight} />
        <h3 class="details-heading">{t("console-alerts")}</h3>
        <span class="alerts-count">{t("console-alerts-count", { count: told })}</span>
      </summary>
      <ol class="alerts-list">
        {alerts.found.value.map((alert) => (
          <Decision key={alert.decided_at} alert={alert} me={desk.technician.id} />
        ))}
      </ol>
    </details>
  );
}

function Decision({ alert, me }: { alert: AlertView; me: string }) {
  const told = toldIn(alert);
  const mailed = mailedIn(alert);
  return (
    <li class="alert" data-testid="alert" data-told={told.length > 0}>
      <Icon of={told.length > 0 ? BellRing : BellOff} />
      <div class="alert-words">
        <p class="alert-kind">
          {t(`console-alert-kind-${alert.alert.replace("_", "-")}`, {
            what: promised(alert.promise),
          })}
          <Time at={alert.decided_at} />
        </p>
        <p>
          {told.length > 0
            ? t("console-alerts-told", { names: namesOf(told, me) })
            : t(nobodyIn(alert))}
        </p>
        {mailed.length > 0 && (
          <p class="alert-not">{t("console-alerts-mailed", { names: namesOf(mailed, me) })}</p>
        )}
        {notToldIn(alert, me).map(({ reason, names }) => (
          <p key={reason} class="alert-not">
            {t(`console-alerts-${reason.replaceAll("_", "-")}`, { names })}
          </p>
        ))}
      </div>
    </li>
  );
}
