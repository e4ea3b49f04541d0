import { useSignal } from "@preact/signals";
import { BellOff, BellRing, WifiOff } from "lucide";
import { useEffect } from "preact/hooks";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { load, save } from "../../shared/local";
import { setSound, soundState } from "../../shared/sound";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { changeSound } from "../status";
import { AwayNotice } from "./AwayNotice";
import { Unread } from "./Unread";

interface NoticesProps {
  desk: Desk;
  technician: Technician;
  fresh: boolean;
}

/** What holds for the whole console: no connection, a reading that failed, sound that cannot play. */
export function Notices(props: NoticesProps) {
  return (
    <div class="notices">
      <ConnectionNotice desk={props.desk} />
      <AwayNotice desk={props.desk} technician={props.technician} />
      <SoundNotice {...props} />
    </div>
  );
}

function ConnectionNotice({ desk }: { desk: Desk }) {
  const stale = desk.loader.stale.value;
  if (desk.socket.state.value === "offline") {
    return (
      <Banner kind="warning" icon={WifiOff}>
        {t("console-offline")}
      </Banner>
    );
  }
  // Where the list could not be read at all, it says so itself.
  if (stale === null || desk.list.now.value.status.value.phase === "failed") return null;
  return <Unread error={stale} asked onRetry={() => void desk.list.retry()} />;
}

/** Asks once per person and browser; afterwards only warns, as long as the browser keeps the sound from playing. */
function SoundNotice({ desk, technician, fresh }: NoticesProps) {
  const key = `deskbus.sound-asked.${technician.id}`;
  const asking = useSignal(fresh && load<boolean>(key) === null);
  useSound(technician.sound);
  const settle = (sound: boolean) => {
    asking.value = false;
    save(key, true);
    void changeSound(desk, sound);
  };
  if (asking.value) {
    return (
      <Banner icon={BellRing} action={<SoundAnswer onAnswer={settle} />}>
        {t("console-sound-ask")}
      </Banner>
    );
  }
  if (!technician.sound || soundState.value !== "blocked") return null;
  const enable = <Button onClick={() => void setSound(true)}>{t("console-sound-enable")}</Button>;
  return (
    <Banner kind="warning" icon={BellOff} action={enable}>
      {t("console-sound-blocked")}
    </Banner>
  );
}

function SoundAnswer({ onAnswer }: { onAnswer: (sound: boolean) => void }) {
  return (
    <span class="notice-actions">
      <Button kind="quiet" onClick={() => onAnswer(false)}>
        {t("console-sound-decline")}
      </Button>
      <Button kind="primary" onClick={() => onAnswer(true)}>
        {t("console-sound-enable")}
      </Button>
    </span>
  );
}

/** Follows the technician's wish; the first press anywhere is the gesture that a browser waits for. */
function useSound(wanted: boolean): void {
  useEffect(() => {
    void setSound(wanted);
    const unlock = () => {
      if (wanted && soundState.peek() === "blocked") void setSound(true);
    };
    document.addEventListener("pointerdown", unlock);
    document.addEventListener("keydown", unlock);
    return () => {
      document.removeEventListener("pointerdown", unlock);
      document.removeEventListener("keydown", unlock);
    };
  }, [wanted]);
}
