import {
  ChevronDown,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleX,
  type IconNode,
} from "lucide";
import { errorText } from "../../shared/api";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import type { Lag, Operations } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import { Card } from "../settings/parts/Card";
import { type Health, healthOf, type ServiceState, troubleOf, waitOf } from "./model";
import type { Watch } from "./watch";

const SIGNS: Record<Health, IconNode> = {
  ready: CircleCheck,
  limited: CircleAlert,
  "not-ready": CircleAlert,
  away: CircleX,
  asking: CircleDashed,
};

/** Each service: whether it is ready, why not, and how far it is with what it reads. */
export function Services({ watch }: { watch: Watch }) {
  return (
    <Card title={t("operations-services")} about={t("operations-services-about")}>
      <ul class="service-list">
        {watch.services.value.map((state) => (
          <Service key={state.name} state={state} />
        ))}
      </ul>
    </Card>
  );
}

function Service({ state }: { state: ServiceState }) {
  const health = healthOf(state);
  return (
    <li class="service" data-health={health} data-testid={`service-${state.name}`}>
      <Icon of={SIGNS[health]} />
      <div class="service-words">
        <h4 class="service-name">{t(`operations-service-${state.name}`)}</h4>
        <Told state={state} />
      </div>
      <span class="service-state">{t(`operations-health-${health}`)}</span>
    </li>
  );
}

function Told({ state }: { state: ServiceState }) {
  if (state.phase === "asking") return <Skeleton width="40%" />;
  if (state.phase === "away")
    return (
      <p class="service-trouble">
        {t("operations-away")} <small>{errorText(state.code)}</small>
      </p>
    );
  return (
    <>
      <Troubles told={state.told} />
      <Reading told={state.told} />
    </>
  );
}

/** How far it is with what it reads: in a line while all is well, each topic for whoever has to know. */
function Reading({ told }: { told: Operations }) {
  const { consumption, instance } = told;
  const behind = consumption.filter(({ state }) => state !== "idle");
  return (
    <>
      {behind.length > 0 && <Lags of={behind} />}
      <details class="service-reading">
        <summary>
          {t(behind.length > 0 ? "operations-reads" : "operations-reads-all")}
          <Icon of={ChevronDown} />
        </summary>
        <Lags of={consumption} />
        <p class="service-instance">{t("operations-instance", { instance })}</p>
      </details>
    </>
  );
}

function Lags({ of }: { of: readonly Lag[] }) {
  return (
    <ul class="lags">
      {of.map((lag) => (
        <LagLine key={lag.topic} lag={lag} />
      ))}
    </ul>
  );
}

function Troubles({ told }: { told: Operations }) {
  return (
    <>
      {told.checks
        .filter(({ reason }) => reason)
        .map(({ name, reason }) => (
          <p key={name} class="service-trouble">
            {t(`operations-trouble-${troubleOf(name)}`, { check: name })}{" "}
            <small>{`${name}: ${reason}`}</small>
          </p>
        ))}
    </>
  );
}

function LagLine({ lag }: { lag: Lag }) {
  const args = {
    count: lag.records,
    seconds: Math.round(lag.still_seconds),
    what: t(`operations-waits-${waitOf(lag.waits_for)}`),
  };
  return (
    <li class="lag" data-state={lag.state}>
      <code>{lag.topic}</code>
      <span>{t(`operations-lag-${lag.state}`, args)}</span>
    </li>
  );
}
