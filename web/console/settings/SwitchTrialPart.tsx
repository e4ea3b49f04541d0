import "../styles/service-levels.css";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { AssignmentView, GivenCase } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import { formatDateTime, formatFull } from "../../shared/time";
import type { TokenSource } from "../../shared/token";
import { formatSpan } from "../sla";
import { Card } from "./parts/Card";
import { SelectField } from "./parts/fields";
import { ChangedCases, TrialRun, TrialTable } from "./parts/TrialRun";
import { asking, type SwitchSum, SwitchTrial as Trial } from "./switchTrial";

interface SwitchTrialProps {
  portals: AssignmentView["portals"];
  token: TokenSource;
}

/** Who would have got the cases of the last month that people took by hand; nothing is changed by asking. */
export function SwitchTrial({ portals, token }: SwitchTrialProps) {
  const trial = useMemo(() => new Trial(asking(token)), [token]);
  const chosen = useSignal("");
  const manual = portals.filter(({ automatic }) => !automatic);
  const portal = manual.find(({ id }) => id === chosen.value)?.id ?? manual[0]?.id;
  useEffect(() => trial.clear(), [portal, trial]);
  if (portal === undefined) return null;
  return (
    <Card title={t("switch-trial-title")} about={t("switch-trial-about")}>
      <div class="level-trial editor-form">
        {manual.length > 1 && (
          <SelectField
            label={t("switch-trial-portal")}
            name="portal"
            value={portal}
            options={manual.map(({ id, company, address }) => ({
              value: id,
              label: company ? `${company} · ${address}` : address,
            }))}
            onChange={(value) => {
              chosen.value = value;
            }}
          />
        )}
        <TrialRun trial={trial} onTry={() => void trial.run(portal)}>
          {(sum) => <Found sum={sum} />}
        </TrialRun>
      </div>
    </Card>
  );
}

function Found({ sum }: { sum: SwitchSum }) {
  if (sum.waits === 0) return sum.done ? <p>{t("switch-trial-none")}</p> : null;
  return (
    <>
      <p>
        {t("switch-trial-waits", { count: sum.waits })}{" "}
        {t("switch-trial-given", { count: sum.changedCount, later: sum.later })}
      </p>
      {sum.assumed > 0 && <p class="settings-note">{assumed(sum)}</p>}
      <TrialTable
        heads={[
          t("settings-assignment-technician"),
          t("switch-trial-before"),
          t("switch-trial-after"),
        ]}
        rows={[
          ...sum.people.map(({ person, before, after }) => ({
            name: person.name || t("console-former-technician"),
            cells: [before, after],
          })),
          {
            name: t("switch-trial-wait"),
            cells: [average(sum.beforeSeconds, sum), average(sum.afterSeconds, sum)],
          },
        ]}
      />
      <ChangedCases
        id="switch-changed"
        title={t("switch-trial-cases")}
        cases={sum.changed}
        count={sum.changedCount}
        words={words}
      />
    </>
  );
}

function assumed({ assumed: count, knownSince }: SwitchSum): string {
  if (knownSince === null) return t("switch-trial-assumed-never", { count });
  return t("switch-trial-assumed", { count, since: formatFull(knownSince) });
}

function average(seconds: number, { waits }: SwitchSum): string {
  return wait(seconds / waits);
}

function wait(seconds: number): string {
  return seconds < 1 ? t("switch-trial-at-once") : formatSpan(seconds * 1000);
}

function words({ at, before, after }: GivenCase): readonly string[] {
  const name = (side: GivenCase["before"]) =>
    side.person ? side.person.name || t("console-former-technician") : t("routing-trial-nobody");
  return [
    formatDateTime(at),
    t("switch-trial-instead", {
      name: name(after),
      wait: wait(after.seconds),
      before: name(before),
      waited: wait(before.seconds),
    }),
  ];
}
