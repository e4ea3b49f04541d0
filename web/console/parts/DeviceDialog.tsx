import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Skeleton } from "../../shared/components/Skeleton";
import type { DeviceView } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { codeOf } from "../explain";
import type { Case } from "../model";

interface DeviceDialogProps {
  desk: Desk;
  item: Case;
  open: boolean;
  onClose: () => void;
}

type Reading =
  | { phase: "loading" }
  | { phase: "ready"; device: DeviceView | null }
  | { phase: "failed"; error: unknown };

const FACTS = ["user_agent", "language", "time_zone", "screen"] as const;

/** What the customer's browser said of itself; read when it is asked for. */
export function DeviceDialog({ desk, item, open, onClose }: DeviceDialogProps) {
  const reading = useSignal<Reading>({ phase: "loading" });
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    reading.value = { phase: "loading" };
    desk.backend.device(item.id).then(
      (device) => {
        if (wanted) reading.value = { phase: "ready", device };
      },
      (error: unknown) => {
        if (wanted) reading.value = { phase: "failed", error };
      },
    );
    return () => {
      wanted = false;
    };
  }, [open, item.id, desk, reading]);
  const actions = <Button onClick={onClose}>{t("close")}</Button>;
  return (
    <Dialog title={t("console-device")} open={open} onClose={onClose} actions={actions}>
      <DeviceFacts reading={reading.value} />
    </Dialog>
  );
}

function DeviceFacts({ reading }: { reading: Reading }) {
  if (reading.phase === "loading") return <Skeleton width="80%" />;
  if (reading.phase === "failed") {
    const code = codeOf(reading.error);
    return (
      <Banner kind="error" code={code}>
        {errorText(code)}
      </Banner>
    );
  }
  const known = FACTS.filter((fact) => reading.device?.[fact]);
  if (known.length === 0) return <p>{t("console-device-unknown")}</p>;
  return (
    <dl class="facts">
      {known.map((fact) => (
        <div key={fact}>
          <dt>{t(`console-device-${fact.replace("_", "-")}`)}</dt>
          <dd>{reading.device?.[fact]}</dd>
        </div>
      ))}
    </dl>
  );
}
