/** Two short soft tones, made by the browser itself. */
import { signal } from "@preact/signals";

export type Tone = "message" | "waiting";

/** `blocked`: wanted, but the browser plays nothing before the viewer pressed something here. */
export const soundState = signal<"blocked" | "ready" | "off">("off");

interface Note {
  frequency: number;
  /** Seconds after the start of the tone. */
  at: number;
}

const TONES: Record<Tone, { volume: number; length: number; notes: Note[] }> = {
  message: { volume: 0.07, length: 0.22, notes: [{ frequency: 659.3, at: 0 }] },
  waiting: {
    volume: 0.2,
    length: 0.5,
    notes: [
      { frequency: 523.3, at: 0 },
      { frequency: 784, at: 0.16 },
      { frequency: 1046.5, at: 0.32 },
    ],
  },
};

let context: AudioContext | null = null;

/** Switches sound on or off. Called from a click it also unlocks it, where the browser asks for one. */
export async function setSound(on: boolean): Promise<void> {
  if (!on) {
    soundState.value = "off";
    return;
  }
  soundState.value = "blocked";
  try {
    context ??= makeContext();
    // Without a gesture some browsers leave this promise pending for ever, so nobody waits on it alone.
    await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
  } catch {
    return;
  }
  follow();
}

export function playTone(tone: Tone): void {
  if (soundState.value !== "ready" || !context) return;
  const { volume, length, notes } = TONES[tone];
  for (const note of notes) ring(context, note, volume, length);
}

function makeContext(): AudioContext {
  const made = new AudioContext();
  made.onstatechange = follow;
  return made;
}

/** The browser may take the permission back, as phones do while another app plays. */
function follow(): void {
  if (soundState.peek() === "off" || !context) return;
  soundState.value = context.state === "running" ? "ready" : "blocked";
}

/** A sine with a soft attack and a long fall: a click at either end would be the loudest part. */
function ring(audio: AudioContext, note: Note, volume: number, length: number): void {
  const start = audio.currentTime + note.at;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(volume, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  gain.connect(audio.destination);
  const tone = audio.createOscillator();
  tone.frequency.value = note.frequency;
  tone.connect(gain);
  tone.start(start);
  tone.stop(start + length);
}
