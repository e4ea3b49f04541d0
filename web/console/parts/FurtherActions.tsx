import { Flag, Mail, UsersRound } from "lucide";
import { IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { open } from "../opened";
import { press } from "../press";
import { mayBeMailed, startMail } from "../writing";

/** What one does with a case beside opening it (S45): write to its customer, flag it, give it to a colleague. */
export function FurtherActions({ desk, item }: { desk: Desk; item: Case }) {
  return (
    <>
      {mayBeMailed(item) && (
        <IconButton icon={Mail} label={t("console-follow-up")} onClick={() => startMail(item)} />
      )}
      <IconButton
        icon={Flag}
        label={t(item.flagged ? "console-unflag" : "console-flag")}
        aria-pressed={item.flagged}
        onClick={() => press(desk, item, { do: "flag", flagged: !item.flagged })}
      />
      {item.state !== "resolved" && (
        <IconButton
          icon={UsersRound}
          label={t("console-hand-over")}
          aria-haspopup="dialog"
          onClick={() => open("palette case.transfer")}
        />
      )}
    </>
  );
}
