#pragma once

// What the routes stand on: the command queue's door, readers of the store, background work and a
// clock. The shell fills it in; tests fill it with what they like.

#include "shared/ports/clock.h"
#include "sync/protocol/journal_file.h"
#include "sync/server/booking/command_queue.h"
#include "sync/server/store/reads.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace mado::server {

struct Backend {
    // Puts a command into the queue. False where too many wait: then `done` is never called.
    std::function<bool(Command, CommandQueue::Done)> submit;
    std::function<Result<std::unique_ptr<Reads>, IoError>()> open_reads;
    // Runs work that takes long, one piece after the other. False where too much waits.
    std::function<bool(std::function<void()>)> in_background;
    // Whether the last commit succeeded; for those who watch over the server.
    std::function<bool()> healthy;
    // Called once, when a device shows that it has seen more than the store holds: the store was
    // restored from a backup, and nobody has said so.
    std::function<void(DeviceId)> store_is_old;
    // Signs with the town's key; `town_key` is its public half. From any thread.
    sync::Sign sign;
    sync::PublicKey town_key{};
    Clock* clock = nullptr;
    std::filesystem::path rosters;  // a folder of ours for roster files
    std::string authority;          // PEM, the town CA's certificate
};

// Readers of the store, each lent to one thread at a time and used again.
class ReadsPool {
  public:
    using Open = std::function<Result<std::unique_ptr<Reads>, IoError>()>;

    explicit ReadsPool(Open open) : open_(std::move(open)) {}

    // Runs `work` (Reads& → Result<T, IoError>) with a reader of its own.
    template <class Work>
    auto with(const Work& work) -> decltype(work(std::declval<Reads&>())) {
        std::unique_ptr<Reads> reads = MADO_TRY(take());
        auto result = work(*reads);
        // After an error the reader may stand in the middle of something: it is not used again.
        if (result.ok()) give_back(std::move(reads));
        return result;
    }

  private:
    Result<std::unique_ptr<Reads>, IoError> take();
    void give_back(std::unique_ptr<Reads> reads);

    Open open_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Reads>> idle_;
};

}  // namespace mado::server
