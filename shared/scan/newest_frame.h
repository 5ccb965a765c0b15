#pragma once

// A place for one frame, between the thread that films and the thread that looks.
//
// A frame that nobody took in time is dropped for the next one, so that what is looked at is never
// older than it has to be. Safe to use from several threads.

#include "shared/base/instant.h"
#include "shared/ports/camera.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace mado::scan {

class NewestFrame {
  public:
    // Replaces the frame that waits. After close(), nothing.
    void put(Frame frame);

    // The frame that waits, or the next one that comes within `patience`. No value where none came,
    // or once closed.
    std::optional<Frame> take(Milliseconds patience);

    // Drops what waits: a person has left.
    void clear();

    // Ends all waiting, for good.
    void close();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Frame> frame_;
    bool closed_ = false;
};

}  // namespace mado::scan
