import { useSignal } from "@preact/signals";
import { Download, FileText, Paperclip } from "lucide";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { saveFile } from "../../shared/transcripts";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { AttachmentView, Original, ReceivedView } from "./received";
import { sizeText } from "./size";

/** What hangs on a mail, each to be saved, and the mail as it came. */
export function MailFiles({ desk, mail }: { desk: Desk; mail: ReceivedView }) {
  const original = useSignal<Original | null>(null);
  const busy = useSignal(false);
  const during = async (work: () => Promise<void>) => {
    if (busy.value) return;
    busy.value = true;
    try {
      await work();
    } catch (error) {
      explain(error);
    } finally {
      busy.value = false;
    }
  };
  const save = (file: AttachmentView, place: number) =>
    during(async () => saveFile(await desk.received.attachment(mail.mail_id, place, file)));
  const show = () =>
    during(async () => {
      original.value = await desk.received.original(mail.mail_id);
    });
  return (
    <footer class="mailed-files">
      {mail.attachments.length > 0 && (
        <ul class="mailed-attachments" aria-label={t("mailed-files")}>
          {mail.attachments.map((file, place) => (
            <li key={place}>
              <button type="button" class="mailed-file" onClick={() => void save(file, place)}>
                <Icon of={Paperclip} />
                <span class="mailed-file-name" dir="auto">
                  {file.name || t("mailed-file-unnamed")}
                </span>
                <span class="mailed-file-size">{sizeText(file.size)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button kind="quiet" icon={FileText} aria-haspopup="dialog" onClick={() => void show()}>
        {t("mailed-original")}
      </Button>
      <OriginalDialog
        original={original.value}
        onClose={() => {
          original.value = null;
        }}
      />
    </footer>
  );
}

interface OriginalProps {
  original: Original | null;
  onClose: () => void;
}

/** The source of a mail, as text: nothing of it is run, and nothing is loaded. */
function OriginalDialog({ original, onClose }: OriginalProps) {
  return (
    <Dialog
      title={t("mailed-original-title")}
      open={original !== null}
      class="mailed-original"
      toRead
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button
            kind="primary"
            icon={Download}
            onClick={() => original && saveFile(original.file)}
          >
            {t("mailed-save")}
          </Button>
        </>
      }
    >
      {original?.cut && <Banner kind="info">{t("mailed-original-cut")}</Banner>}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre class="mailed-source" tabIndex={0} dir="ltr">
        {original?.source}
      </pre>
    </Dialog>
  );
}
