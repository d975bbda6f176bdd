// Plays one sound at a time. Knows nothing of what is heard.

let playing: HTMLAudioElement | null = null;

/** Play `sound` to its end, or until another is played or `hush` is called. */
export function play(sound: Blob): Promise<void> {
  hush();
  const url = URL.createObjectURL(sound);
  const audio = new Audio(url);
  playing = audio;
  return new Promise((resolve) => {
    const over = (): void => {
      URL.revokeObjectURL(url);
      resolve();
    };
    audio.onended = over;
    audio.onpause = over;
    audio.onerror = over;
    audio.play().catch(over);
  });
}

export function hush(): void {
  playing?.pause();
  playing = null;
}
