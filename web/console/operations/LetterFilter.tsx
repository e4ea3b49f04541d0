import { t } from "../../shared/i18n";
import { deadOf, type Filter, SERVICES } from "./model";
import type { Watch } from "./watch";

const CODES = ["unreadable", "failed"] as const;

/** By service and by kind of reason; it holds for "replay all" as well. */
export function LetterFilter({ watch }: { watch: Watch }) {
  const filter = watch.filter.value;
  const counts = new Map(watch.services.value.map((it) => [it.name, deadOf(it)]));
  const change = (part: Partial<Filter>) => {
    watch.filter.value = { ...filter, ...part };
  };
  return (
    <div class="letters-filter">
      <select
        class="input select"
        aria-label={t("operations-filter-service")}
        value={filter.service ?? ""}
        onChange={(event) =>
          change({ service: SERVICES.find((it) => it === event.currentTarget.value) ?? null })
        }
      >
        <option value="">{t("operations-every-service")}</option>
        {SERVICES.filter((name) => name === filter.service || sum(counts.get(name)) > 0).map(
          (name) => (
            <option key={name} value={name}>
              {`${t(`operations-service-${name}`)} (${sum(counts.get(name))})`}
            </option>
          ),
        )}
      </select>
      <select
        class="input select"
        aria-label={t("operations-filter-reason")}
        value={filter.code ?? ""}
        onChange={(event) =>
          change({ code: CODES.find((it) => it === event.currentTarget.value) ?? null })
        }
      >
        <option value="">{t("operations-every-reason")}</option>
        {CODES.map((code) => (
          <option key={code} value={code}>
            {t(`operations-reason-${code}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function sum(counts: { dead: number; asked: number } | undefined): number {
  return counts ? counts.dead + counts.asked : 0;
}
