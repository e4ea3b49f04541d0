import { CircleAlert, CircleCheck, type IconNode, TriangleAlert, X } from "lucide";
import { Button, IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { close, dismiss, type Toast, toasts } from "../toasts";

const ICONS: Record<Toast["tone"], IconNode> = {
  done: CircleCheck,
  warning: TriangleAlert,
  error: CircleAlert,
};

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-label={t("console-messages")}>
      {toasts.value.map((item) => (
        <div class="toast" key={item.id} data-tone={item.tone}>
          <Icon of={ICONS[item.tone]} />
          <p class="toast-text">
            {item.text}
            {item.code && <small class="code">{item.code}</small>}
          </p>
          {item.action && <ToastAction item={item} action={item.action} />}
          <IconButton icon={X} label={t("close")} onClick={() => close(item.id)} />
        </div>
      ))}
    </div>
  );
}

function ToastAction({
  item,
  action,
}: {
  item: Toast;
  action: { label: string; run: () => void };
}) {
  const run = () => {
    dismiss(item.id);
    action.run();
  };
  return (
    <Button kind="secondary" onClick={run}>
      {action.label}
    </Button>
  );
}
