#pragma once

// A sound card in software, as ALSA sees it: a device that plays and a jack for a headset. What the
// real adapters do with a card can so be looked at where there is none.
//
// Its time is its own: it plays 5 ms each time somebody waits for it, so that a test counts what
// was heard in samples, however busy the machine is. It is a library that ALSA loads, with one card
// for the whole process; the test and the adapter use it from one thread.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mado::tests::sound_card {

// A configuration of ALSA's with `library`, the path of this library, as device and card "mado".
std::string configuration(const std::string& library);

// As it is when it is new: nothing heard, nothing plugged in, nothing going to happen.
void reset();

// The control "Headphone Jack".
void plug_in();
void pull_out();

// From now on it does not answer, as a card that was pulled out.
void take_away();
// All that was written counts as played: the writer came too late.
void run_dry();

// Calls `happens` once, as soon as so many samples of the present or the next sound have been
// heard.
void when_heard(std::size_t samples, std::function<void()> happens);

// Of the last sound: what has come out, without what was written and thrown away.
std::vector<std::int16_t> heard();

}  // namespace mado::tests::sound_card
