#include "shared/scan/newest_frame.h"

#include <utility>

namespace mado::scan {

void NewestFrame::put(Frame frame) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        frame_ = std::move(frame);
    }
    changed_.notify_one();
}

std::optional<Frame> NewestFrame::take(Milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [this] { return closed_ || frame_.has_value(); });
    return std::exchange(frame_, std::nullopt);
}

void NewestFrame::clear() {
    const std::lock_guard lock(mutex_);
    frame_.reset();
}

void NewestFrame::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        frame_.reset();
    }
    changed_.notify_all();
}

}  // namespace mado::scan
