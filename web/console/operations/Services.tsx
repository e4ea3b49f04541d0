import { CircleAlert, CircleCheck, CircleDashed, CircleX, type IconNode } from "lucide";
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
      {state.told.consumption.length > 0 && (
        <ul class="lags">
          {state.told.consumption.map((lag) => (
            <LagLine key={lag.topic} lag={lag} />
          ))}
        </ul>
      )}
      <p class="service-instance">{t("operations-instance", { instance: state.told.instance })}</p>
    </>
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
