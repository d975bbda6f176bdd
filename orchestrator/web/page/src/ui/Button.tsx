// Buttons: with a sign and a name that is read out, or with words. Knows nothing of what they do.

import type { ComponentProps } from "react";
import { Icon, type IconName } from "./Icon";

interface SignProps extends Omit<ComponentProps<"button">, "children"> {
  readonly icon: IconName;
  readonly label: string;
  readonly turns?: boolean;
}

export function SignButton({ icon, label, turns = false, className = "", ...rest }: SignProps) {
  return (
    <button type="button" {...rest} className={`sign ${className}`} aria-label={label} title={label}>
      <Icon name={icon} turns={turns} />
    </button>
  );
}
