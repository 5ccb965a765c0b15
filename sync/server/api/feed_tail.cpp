#include "sync/server/api/feed_tail.h"

#include "sync/protocol/messages.h"

#include <algorithm>

namespace mado::server {

Result<FeedPosition, IoError> FeedTail::catch_up() {
    for (;;) {
        const FeedPosition known = end();
        if (known.epoch == 0) {
            start_at(MADO_TRY(reads_.with([](Reads& reads) { return reads.position(); })));
            return end();
        }
        auto page =
            reads_.with([known](Reads& reads) { return reads.feed(known, sync::kChangesMax); });
        if (!page.ok() && page.error().kind == IoError::Kind::Refused) {
            // A restored store: another epoch, or an end before ours.
            start_at(MADO_TRY(reads_.with([](Reads& reads) { return reads.position(); })));
            return end();
        }
        if (!page.ok()) return fail(std::move(page).error());
        const bool whole = page->changes.size() < sync::kChangesMax;
        append(std::move(page).value());
        if (whole) return end();
    }
}

FeedPosition FeedTail::end() const {
    const std::lock_guard lock(mutex_);
    return end_;
}

Result<FeedTail::Rows, IoError> FeedTail::after(FeedPosition position, std::size_t count_max) {
    if (auto found = in_memory(position, count_max)) return std::move(*found);
    auto page = MADO_TRY(reads_.with(
        [position, count_max](Reads& reads) { return reads.feed(position, count_max); }));
    Rows rows;
    rows.end = page.end;
    for (Change& change : page.changes) {
        rows.rows.push_back(std::make_shared<const Change>(std::move(change)));
    }
    return rows;
}

std::optional<FeedTail::Rows> FeedTail::in_memory(FeedPosition position,
                                                  std::size_t count_max) const {
    const std::lock_guard lock(mutex_);
    const auto first = end_.number - static_cast<std::int64_t>(rows_.size());
    if (position.epoch != end_.epoch || position.number > end_.number || position.number < first) {
        return {};
    }
    const auto skipped = static_cast<std::size_t>(position.number - first);
    const auto count = std::min(count_max, rows_.size() - skipped);
    Rows found;
    found.end = end_;
    const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(skipped);
    found.rows.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    return found;
}

void FeedTail::append(FeedPage page) {
    const std::lock_guard lock(mutex_);
    if (page.after != end_) return;  // another thread was faster
    for (Change& change : page.changes) {
        rows_.push_back(std::make_shared<const Change>(std::move(change)));
        ++end_.number;
    }
    while (rows_.size() > rows_max_)
        rows_.pop_front();
}

void FeedTail::start_at(FeedPosition position) {
    const std::lock_guard lock(mutex_);
    rows_.clear();
    end_ = position;
}

}  // namespace mado::server
