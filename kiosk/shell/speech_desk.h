#pragma once

// The voice: carries out one speech at a time on a thread of its own, the newest at once, and
// reports each one's fate. Another thread looks at the headset and reports when it comes and goes.
//
// A sound card can stand still within a call of the kernel, and a thread in there cannot be ended.
// So the desk can give its speaker up: both threads are left behind with all that they hold, and
// new ones go on without a sound.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/platform/watchdog.h"
#include "shared/ports/speaker.h"

#include <functional>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

namespace mado::kiosk {

using SpeechEvent = std::variant<SpeechEnded, SpeechFailed, HeadsetPluggedIn, HeadsetPulledOut>;

class SpeechDesk {
  public:
    // Without a speaker every speech fails at once. `heart` is beaten by the thread that
    // speaks; a speaker that takes its time beats it too. `report` is called from the desk's
    // threads, and outlives the desk. At the beginning no headset is plugged in: one that is, is
    // reported.
    SpeechDesk(std::unique_ptr<Speaker> speaker, std::shared_ptr<Heart> heart,
               std::function<void(SpeechEvent)> report);
    // Cuts short what is being spoken.
    ~SpeechDesk();
    SpeechDesk(const SpeechDesk&) = delete;
    SpeechDesk& operator=(const SpeechDesk&) = delete;

    // Speaks the utterances one after the other, in place of all that is spoken or waits. Personal
    // ones are left out while there is no headset; when it is pulled out in the midst of one, the
    // rest is left out too. Each speech is reported once as ended or failed, in the order in which
    // they came.
    void speak(QuestionId speech, std::vector<Utterance> utterances);
    // Cuts short all that is spoken or waits.
    void hush();
    // The speaker stands still: what is spoken and what waits has failed, and there is no headset.
    // From any thread; waits for nothing that a speaker does.
    void give_up_speaker();

    // Beats once a second at least.
    const Heart& heart() const { return *heart_; }

  private:
    class Room;

    std::shared_ptr<Room> room() const;

    std::shared_ptr<Heart> heart_;
    std::function<void(SpeechEvent)> report_;
    mutable std::mutex mutex_;  // guards room_
    std::shared_ptr<Room> room_;
};

}  // namespace mado::kiosk
