// The frame of a part of the page that is no conversation. Knows nothing of what stands in it.

import type { ReactNode } from "react";
import "../style/panels.css";

export function Panel({ says, children }: { readonly says: string; readonly children: ReactNode }) {
  return (
    <div className="panel">
      <p className="lead">{says}</p>
      {children}
    </div>
  );
}
