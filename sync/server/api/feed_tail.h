#pragma once

// The end of the feed in memory, so that a commit which a thousand devices ask for is read once.
//
// Rows are immutable and numbers have no gap, so a window of the last rows is never wrong, only
// behind; who asks for what is not in it goes to the store.

#include "sync/server/api/backend.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace mado::server {

class FeedTail {
  public:
    using Row = std::shared_ptr<const Change>;

    struct Rows {
        std::vector<Row> rows;  // numbers after.number + 1 and on
        FeedPosition end;       // the feed's last number, as far as is known here
    };

    explicit FeedTail(ReadsPool& reads, std::size_t rows_max = 20'000)
        : reads_(reads), rows_max_(rows_max) {}

    // Reads on from where the window ends. Call it after a commit; returns the feed's end.
    Result<FeedPosition, IoError> catch_up();

    FeedPosition end() const;

    // At most `count_max` rows after a position; none where it is the end. Refused where the store
    // does not know the position (another epoch, beyond the end).
    Result<Rows, IoError> after(FeedPosition position, std::size_t count_max);

  private:
    std::optional<Rows> in_memory(FeedPosition position, std::size_t count_max) const;
    void append(FeedPage page);
    void start_at(FeedPosition position);

    ReadsPool& reads_;
    std::size_t rows_max_;
    mutable std::mutex mutex_;
    std::deque<Row> rows_;  // the last of them has the number end_.number
    FeedPosition end_;
};

}  // namespace mado::server
