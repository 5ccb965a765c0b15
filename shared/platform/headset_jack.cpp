#include "shared/platform/headset_jack.h"

#include "shared/platform/alsa_error.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

#include <alsa/asoundlib.h>

namespace mado {

namespace {

using Clock = std::chrono::steady_clock;

// Asked many times a second, and opening a card that is not there reads ALSA's whole configuration.
constexpr std::chrono::seconds kBetweenTries{1};

struct CtlClose {
    void operator()(snd_ctl_t* ctl) const { snd_ctl_close(ctl); }
};
using Ctl = std::unique_ptr<snd_ctl_t, CtlClose>;

class Jack {
  public:
    Jack(std::string element, std::string card)
        : element_(std::move(element)), card_(std::move(card)) {}

    Result<bool, IoError> is_plugged() {
        const std::lock_guard lock(mutex_);
        MADO_TRY(open());
        auto plugged = read();
        // A card that was pulled out is another one when it returns.
        if (!plugged.ok()) {
            ctl_.reset();
            why_closed_ = plugged.error().what;
        }
        return plugged;
    }

  private:
    Result<void, IoError> open() {
        if (ctl_ != nullptr) return {};
        const auto now = Clock::now();
        if (now < try_again_at_) return fail(IoError{IoError::Kind::Unavailable, why_closed_});
        try_again_at_ = now + kBetweenTries;
        silence_alsa();
        snd_ctl_t* opened = nullptr;
        if (const int code = snd_ctl_open(&opened, card_.c_str(), SND_CTL_NONBLOCK); code < 0) {
            IoError error = alsa_error("no sound card for the headset", code);
            why_closed_ = error.what;
            return fail(std::move(error));
        }
        ctl_.reset(opened);
        return {};
    }

    // Asks the card each time: a read is one call of the kernel, and an event that was missed would
    // leave a personal sentence in the loudspeaker.
    Result<bool, IoError> read() const {
        snd_ctl_elem_value_t* value = nullptr;
        snd_ctl_elem_value_alloca(&value);
        // The kernel's jacks are controls of the card, not of its mixer.
        snd_ctl_elem_value_set_interface(value, SND_CTL_ELEM_IFACE_CARD);
        snd_ctl_elem_value_set_name(value, element_.c_str());
        if (const int code = snd_ctl_elem_read(ctl_.get(), value); code < 0) {
            return fail(alsa_error("no control \"" + element_ + "\" of the headset", code));
        }
        return snd_ctl_elem_value_get_boolean(value, 0) != 0;
    }

    const std::string element_;
    const std::string card_;

    std::mutex mutex_;  // guards all that follows
    Ctl ctl_;           // null: not open
    // The same until it is tried again: whoever reports an error reports a new one alone.
    std::string why_closed_;
    Clock::time_point try_again_at_{};
};

}  // namespace

HeadsetSense headset_sense(const std::string& setting, const std::string& card) {
    if (setting == "never") return [] { return false; };
    if (setting == "always") return [] { return true; };
    return [jack = std::make_shared<Jack>(setting, card)] { return jack->is_plugged(); };
}

}  // namespace mado
