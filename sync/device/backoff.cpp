#include "sync/device/backoff.h"

#include <algorithm>
#include <array>

namespace mado::device {

void Backoff::failed(Chance& chance, Instant now) {
    constexpr int kDoublingsMax = 6;  // 0.5 s · 2^6 is over the longest pause already
    const Milliseconds pause =
        std::min(kPauseMax, kPauseFirst * (1 << std::min(failures_, kDoublingsMax)));
    failures_ = std::min(failures_ + 1, kDoublingsMax);

    std::array<std::uint8_t, 2> random{};
    chance.fill(random);
    const int share = random[0] << 8 | random[1];  // 0–65535
    until_ = now + pause / 2 + pause / 2 * share / 65535;
}

void Backoff::reset() {
    failures_ = 0;
    until_ = Instant{};
}

void Backoff::bound(Instant now) {
    until_ = std::min(until_, now + kPauseMax);
}

}  // namespace mado::device
