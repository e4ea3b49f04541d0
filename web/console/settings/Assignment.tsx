import "../styles/assignment.css";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../shared/i18n";
import type { AssignmentView } from "../../shared/generated/rest";
import { explain } from "../explain";
import type { TokenSource } from "../../shared/token";
import type { PageProps } from "../pages";
import { PlaceLink } from "../parts/PlaceLink";
import { Switch } from "../parts/Switch";
import { Assignment, checkAll, type Typed } from "./assignment";
import { CapacityFields } from "./CapacityFields";
import { CapacityTrial } from "./CapacityTrial";
import { Draft } from "./draft";
import { Card } from "./parts/Card";
import { SavedForm } from "./parts/Editor";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";
import { CardSkeleton } from "./parts/Skeletons";
import { RingingCard } from "./RingingCard";
import { SwitchTrial } from "./SwitchTrialPart";
import { Workloads } from "./Workloads";

/** How soon the loads on screen are read again. */
const READ_AGAIN_MS = 10_000;

/** Which portals' cases are assigned by themselves, and how much everybody takes (S37, X3). */
export default function AssignmentSection({ desk }: PageProps) {
  const assignment = useMemo(() => new Assignment(desk.token), [desk]);
  useEffect(() => {
    void assignment.read();
    const again = setInterval(() => desk.visible.peek() && void assignment.read(), READ_AGAIN_MS);
    return () => clearInterval(again);
  }, [assignment, desk]);
  const view = assignment.view.value;
  const failure = assignment.failure.value;
  return (
    <>
      <SectionHead title={t("settings-assignment")} about={t("settings-assignment-about")} />
      {failure !== null && !view && (
        <Unread error={failure} onRetry={() => void assignment.read()} />
      )}
      {!view && failure === null && <CardSkeleton />}
      {view && <Portals assignment={assignment} view={view} />}
      {view && <SwitchTrial portals={view.portals} token={desk.token} />}
      {view && <Capacity assignment={assignment} view={view} token={desk.token} />}
      {view && <Workloads assignment={assignment} view={view} />}
      {view && <RingingCard token={desk.token} />}
    </>
  );
}

interface PartProps {
  assignment: Assignment;
  view: AssignmentView;
}

function Portals({ assignment, view }: PartProps) {
  return (
    <Card title={t("settings-assignment-portals")} about={t("settings-assignment-portals-about")}>
      {view.portals.length === 0 && (
        <p class="settings-note">
          {t("settings-assignment-no-portal")}{" "}
          <PlaceLink to={{ page: "settings", place: "portals" }}>
            {t("console-add-portal")}
          </PlaceLink>
        </p>
      )}
      {view.portals.map((portal) => (
        <PortalSwitch key={portal.id} assignment={assignment} portal={portal} />
      ))}
      <p class="settings-note">
        {t("settings-assignment-sight")}{" "}
        <PlaceLink to={{ page: "settings", place: "incoming" }}>
          {t("console-settings-incoming")}
        </PlaceLink>
      </p>
    </Card>
  );
}

interface SwitchProps {
  assignment: Assignment;
  portal: AssignmentView["portals"][number];
}

function PortalSwitch({ assignment, portal }: SwitchProps) {
  const busy = useSignal(false);
  const change = async (automatic: boolean) => {
    busy.value = true;
    try {
      await assignment.setAutomatic(portal.id, automatic);
    } catch (error) {
      explain(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Switch
      label={portal.company || portal.address}
      checked={portal.automatic}
      busy={busy.value}
      onChange={(wanted) => void change(wanted)}
    >
      <span dir="ltr">{portal.address}</span>
      {" · "}
      {t(portal.automatic ? "settings-assignment-on" : "settings-assignment-off")}
    </Switch>
  );
}

function Capacity({ assignment, view, token }: PartProps & { token: TokenSource }) {
  const draft = useMemo(() => {
    const { chats, cases } = view.capacity;
    return new Draft<Typed>({ chats: String(chats), cases: String(cases) }, checkAll);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is typed stays while the loads are read again
  }, [assignment]);
  return (
    <Card title={t("settings-assignment-capacity")} about={t("settings-assignment-capacity-about")}>
      <SavedForm draft={draft} onSave={(values) => assignment.setCapacity(values)}>
        <CapacityFields draft={draft} />
      </SavedForm>
      <CapacityTrial draft={draft} token={token} />
    </Card>
  );
}
