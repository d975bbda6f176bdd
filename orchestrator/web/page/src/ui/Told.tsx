// What the platform says in plain words, with its `commands` as code that runs from left to right. Knows nothing of what it says.

export function Told({ text }: { readonly text: string }) {
  return text.split(/`([^`\n]+)`/u).map((piece, index) =>
    index % 2 ? (
      <code key={index} dir="ltr">
        {piece}
      </code>
    ) : (
      piece
    ),
  );
}
