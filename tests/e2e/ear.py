"""Hearing what a kiosk says: its recordings are marks that can be told apart in what comes out.

The kiosk plays into a file, by ALSA's own `file` device, one file an utterance. For every text that
can be recorded a recording is made here whose samples spell the text's number: so one hears which
text was said, and by the real way of a recording to the ear. What was put together out of dates and
numbers comes as a synthesis: of that one hears that it was spoken, and no more.
"""

import re
import struct
import wave

from programs import ROOT, wait_for

RATE = 8_000
STEP = 16  # samples a bit
BITS = 12
AMPLITUDE = 20_000
# Before the number, so that no synthesis is taken for one.
OPENING = [1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1]
SPEECH = "speech"  # of what was put together

MESSAGE = re.compile(r'^msgid "([^"]+)"\nmsgstr "([^"]*)"', re.MULTILINE)


def recordable():
    """The keys of all texts with nothing to fill in."""
    text = (ROOT / "assets/locale/spoken/ja.po").read_text(encoding="utf-8")
    return sorted(key for key, reading in MESSAGE.findall(text) if "{" not in reading)


def bits_of(number):
    return OPENING + [number >> bit & 1 for bit in range(BITS)]


class Ear:
    """One kiosk's voice, heard from its next start on."""

    def __init__(self, kiosk, headset="never", voice="always"):
        self.keys = recordable()
        self.folder = kiosk.folder / "sound"
        self.folder.mkdir()
        self.at = 0  # utterances that were listened to
        recordings = kiosk.folder / "recordings"
        self.record(recordings / "ja")
        configuration = kiosk.folder / "asound.conf"
        configuration.write_text(
            "pcm.nothing { type null }\n"
            f'pcm.room {{ type file slave.pcm nothing format raw truncate no '
            f'file "{self.folder}/utterance" }}\n')
        kiosk.world["ALSA_CONFIG_PATH"] = str(configuration)
        with open(kiosk.folder / "kiosk.toml", "a", encoding="utf-8") as settings:
            settings.write(f'voice = "{voice}"\nsound = "room"\nheadset = "{headset}"\n'
                           f'recordings = "{recordings}"\n')

    def record(self, folder):
        folder.mkdir(parents=True)
        for number, key in enumerate(self.keys):
            samples = [AMPLITUDE if bit else -AMPLITUDE
                       for bit in bits_of(number) for _ in range(STEP)]
            with wave.open(str(folder / f"{key}.wav"), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(struct.pack(f"<{len(samples)}h", *samples))

    def utterances(self):
        """Files in the order in which they were spoken: utterance, utterance.0001, …"""
        return sorted(self.folder.iterdir())

    def understand(self, file):
        """The key of the text, SPEECH, or None where nothing is to be heard yet."""
        content = file.read_bytes()
        samples = struct.unpack(f"<{len(content) // 2}h", content[:len(content) // 2 * 2])
        wanted = (len(OPENING) + BITS) * STEP
        if len(samples) < wanted:
            return None
        bits = [1 if samples[i * STEP + STEP // 2] > 0 else 0 for i in range(wanted // STEP)]
        steady = all(abs(samples[i]) == abs(samples[0]) > 1_000 for i in range(wanted))
        if steady and bits[:len(OPENING)] == OPENING:
            return self.keys[sum(bit << i for i, bit in enumerate(bits[len(OPENING):]))]
        return SPEECH if any(abs(sample) > 300 for sample in samples) else None

    def heard(self):
        """All that was said so far."""
        return [word for file in self.utterances() if (word := self.understand(file))]

    def listen(self, *keys, timeout=60):
        """Waits until one of these texts is said, and returns it; what was said before it is over."""
        def said():
            for at, word in enumerate(self.heard()[self.at:], self.at):
                if word in keys:
                    self.at = at + 1
                    return word
            return None
        return wait_for("to hear " + " or ".join(keys), said, timeout)
