import type { ComponentChildren } from "preact";
import { Skeleton } from "../../shared/components/Skeleton";
import { Elapsed } from "../../shared/components/Time";
import { formatLocale, t } from "../../shared/i18n";
import { Card } from "../settings/parts/Card";
import type { Watch } from "./watch";

/** The desk at this moment, in four figures. */
export function LiveDesk({ watch }: { watch: Watch }) {
  const { cases, people } = watch.live.value;
  const looked = watch.looked.value;
  const available = people?.filter((person) => person.available);
  return (
    <Card title={t("operations-live")}>
      <dl class="figures">
        <Figure
          label={t("operations-waiting")}
          value={cases?.waiting}
          looked={looked}
          loud={Boolean(cases?.waiting)}
        >
          {cases?.waiting_since ? (
            <>
              {t("operations-longest-wait")} <Elapsed since={cases.waiting_since} />
            </>
          ) : (
            cases && t("operations-nobody-waits")
          )}
        </Figure>
        <Figure label={t("operations-live-chats")} value={cases?.live_chats} looked={looked}>
          {cases && t("operations-live-waiting", { count: cases.live_waiting })}
        </Figure>
        <Figure
          label={t("operations-available")}
          value={available?.length}
          looked={looked}
          loud={available?.length === 0}
        >
          {people && t("operations-of-technicians", { count: people.length })}
        </Figure>
        <Figure label={t("operations-today")} value={cases?.opened} looked={looked}>
          {cases && t("operations-today-note")}
        </Figure>
      </dl>
    </Card>
  );
}

interface FigureProps {
  label: string;
  value: number | undefined;
  looked: boolean;
  loud?: boolean;
  children: ComponentChildren;
}

function Figure({ label, value, looked, loud = false, children }: FigureProps) {
  return (
    <div class="figure" data-loud={loud}>
      <dt>{label}</dt>
      <dd>
        {value === undefined ? (
          looked ? (
            <span class="figure-unknown">{t("operations-unknown")}</span>
          ) : (
            <Skeleton width="48px" height="28px" />
          )
        ) : (
          <>
            <strong class="figure-value">{value.toLocaleString(formatLocale.value)}</strong>
            <span class="figure-note">{children}</span>
          </>
        )}
      </dd>
    </div>
  );
}
