import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { bring } from "../../shared/bring";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Skeleton } from "../../shared/components/Skeleton";
import { Text } from "../../shared/components/Text";
import { formatLocale, hasText, t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Fact } from "../device";
import type { Case } from "../model";
import { Unread } from "./Unread";

interface DeviceDialogProps {
  desk: Desk;
  item: Case;
  open: boolean;
  onClose: () => void;
}

type Reading =
  | { phase: "loading" }
  | { phase: "ready"; facts: readonly Fact[] }
  | { phase: "failed"; error: unknown };

/** What the customer's browser said of itself; read when it is asked for. */
export function DeviceDialog({ desk, item, open, onClose }: DeviceDialogProps) {
  const reading = useSignal<Reading>({ phase: "loading" });
  const tries = useSignal(0);
  const attempt = tries.value;
  useEffect(() => {
    reading.value = { phase: "loading" };
  }, [open, item.id, reading]);
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    read(desk, item.id).then(
      (facts) => {
        if (wanted) reading.value = { phase: "ready", facts };
      },
      (error: unknown) => {
        if (wanted) reading.value = { phase: "failed", error };
      },
    );
    return () => {
      wanted = false;
    };
  }, [open, item.id, desk, reading, attempt]);
  const actions = <Button onClick={onClose}>{t("close")}</Button>;
  return (
    <Dialog title={t("console-device")} open={open} onClose={onClose} actions={actions}>
      <DeviceFacts reading={reading.value} onRetry={() => tries.value++} />
    </Dialog>
  );
}

function DeviceFacts({ reading, onRetry }: { reading: Reading; onRetry: () => void }) {
  if (reading.phase === "loading") return <Skeleton width="80%" />;
  if (reading.phase === "failed") {
    return <Unread error={reading.error} onRetry={onRetry} />;
  }
  const { facts } = reading;
  if (facts.length === 0) return <p>{t("console-device-unknown")}</p>;
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`console-device-${name}`)}</dt>
          <dd dir="auto">{name === "kind" ? kindText(value) : <Text text={value} />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Of kinds that nobody thought of, the browser's word is as good as any. */
function kindText(kind: string): string {
  const id = `console-device-kind-${kind}`;
  return hasText(id) ? t(id) : kind;
}

const browsers = () => import("../device");

/** The list of browsers is brought when the first device is asked for. */
async function read(desk: Desk, id: string): Promise<readonly Fact[]> {
  const [{ factsOf }, device] = await Promise.all([bring(browsers), desk.backend.device(id)]);
  return device ? factsOf(device, formatLocale.value) : [];
}
