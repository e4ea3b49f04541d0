import type { ComponentChildren } from "preact";
import { hasText, t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import type { Erasure } from "./erasures";

/** What became of a deleted case: each store, the broker, and what nobody can purge. */
export function Receipt({ erasure }: { erasure: Erasure }) {
  return (
    <div class="receipt">
      <p class="receipt-about">
        {t(`erasure-about-${erasure.state}`)}{" "}
        {erasure.attempt > 1 && t("erasure-attempts", { count: erasure.attempt })}{" "}
        {erasure.completed_at && t("erasure-completed", { time: formatFull(erasure.completed_at) })}
      </p>
      <Services erasure={erasure} />
      <Broker erasure={erasure} />
      <Part title={t("erasure-remains")}>
        <ul class="receipt-remains">
          {erasure.remains.map((what) => (
            <li key={what}>{t(`erasure-remains-${what.replaceAll("_", "-")}`)}</li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    // No landmark: of several open receipts each would have one of the same name.
    <div>
      <h3 class="receipt-heading">{title}</h3>
      {children}
    </div>
  );
}

function Services({ erasure }: { erasure: Erasure }) {
  return (
    <Part title={t("erasure-stores")}>
      <table class="receipt-table">
        <thead>
          <tr>
            <th scope="col">{t("erasure-service")}</th>
            <th scope="col">{t("erasure-answer")}</th>
            <th scope="col">{t("erasure-removed")}</th>
          </tr>
        </thead>
        <tbody>
          {erasure.services.map((it) => (
            <tr key={it.service}>
              <th scope="row">{t(`erasure-service-${it.service}`)}</th>
              <td>
                <span class="receipt-answer" data-state={it.state}>
                  {t(`erasure-answer-${it.state}`)}
                </span>
                {it.answered_at && (
                  <time dateTime={it.answered_at}>{formatFull(it.answered_at)}</time>
                )}
              </td>
              <td>
                <Stores stores={it.stores} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

type Store = Erasure["services"][number]["stores"][number];

function Stores({ stores }: { stores: readonly Store[] }) {
  return (
    <ul class="receipt-stores">
      {stores.map(({ store, removed, failed }) => (
        <li key={store} data-failed={failed !== ""}>
          {nameOf(store)} {failed === "" ? <b>{removed}</b> : <small class="code">{failed}</small>}
        </li>
      ))}
    </ul>
  );
}

/** A store that has no name for people yet is shown as the service calls it. */
function nameOf(store: string): string {
  const id = `erasure-store-${store.replaceAll("_", "-")}`;
  return hasText(id) ? t(id) : store;
}

function Broker({ erasure }: { erasure: Erasure }) {
  const { tombstones, gone_by } = erasure.key;
  const first = tombstones[0];
  return (
    <Part title={t("erasure-broker")}>
      <dl class="receipt-topics">
        <div>
          <dt>data-keys</dt>
          <dd>
            {first
              ? t("erasure-tombstone", {
                  partition: String(first.partition),
                  offset: String(first.offset),
                  time: formatFull(first.written_at),
                })
              : t("erasure-tombstone-none")}{" "}
            {first && <GoneBy at={gone_by} what="key" />}
          </dd>
        </div>
        {erasure.topics.map(({ topic, gone_by: at }) => (
          <div key={topic}>
            <dt>{topic}</dt>
            <dd>
              <GoneBy at={at} what="topic" />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function GoneBy({ at, what }: { at: string | null; what: "key" | "topic" }) {
  if (at === null) return <>{t(`erasure-${what}-embedded`)}</>;
  return <>{t(`erasure-${what}-gone-by`, { time: formatFull(at) })}</>;
}
