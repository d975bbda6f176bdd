// Records what is said into the microphone until it is told to stop. Knows nothing of what is done with it.

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export interface Recording {
  /** Stop, let the microphone go, and return what was said. */
  readonly finish: () => Promise<Blob>;
}

/** Begin. Throws DOMException where there is no microphone or the reader does not give it. */
export async function record(): Promise<Recording> {
  if (!navigator.mediaDevices) throw new DOMException("no microphone", "NotFoundError");
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(sound, mimeType ? { mimeType } : {});
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const ended = new Promise<Blob>((resolve) => {
    recorder.onstop = () => resolve(new Blob(pieces, { type: recorder.mimeType }));
  });
  recorder.start();
  return {
    finish: () => {
      recorder.stop();
      for (const track of sound.getTracks()) track.stop();
      return ended;
    },
  };
}
