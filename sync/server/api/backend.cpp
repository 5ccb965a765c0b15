#include "sync/server/api/backend.h"

namespace mado::server {

Result<std::unique_ptr<Reads>, IoError> ReadsPool::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto reads = std::move(idle_.back());
            idle_.pop_back();
            return reads;
        }
    }
    return open_();
}

void ReadsPool::give_back(std::unique_ptr<Reads> reads) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(reads));
}

}  // namespace mado::server
