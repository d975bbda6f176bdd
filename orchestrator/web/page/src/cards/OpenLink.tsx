// A link that leaves the page, in a tab of its own. Only ordinary web addresses are followed. Knows nothing of where they lead.

import { Icon } from "../ui/Icon";
import { useWords } from "../words/words";

export const isWeb = (url: string): boolean => /^https?:\/\//iu.test(url);

export function OpenLink({ url }: { readonly url: string | null | undefined }) {
  const words = useWords();
  if (!url || !isWeb(url)) return null;
  return (
    <a className="sign" href={url} target="_blank" rel="noopener noreferrer" aria-label={words.open} title={words.open}>
      <Icon name="open" turns />
    </a>
  );
}
