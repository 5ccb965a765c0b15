#include "tests/simulation/disk_file.h"

#include <algorithm>
#include <cstring>

namespace mado::tests {

namespace {

constexpr std::size_t kSectorBytes = 512;
constexpr int kTornPercent = 25;

void put(Bytes& into, std::size_t offset, std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) return;
    if (into.size() < offset + bytes.size()) into.resize(offset + bytes.size());
    std::memcpy(into.data() + offset, bytes.data(), bytes.size());
}

}  // namespace

void DiskFile::write(std::size_t offset, std::span<const std::uint8_t> bytes) {
    put(seen_, offset, bytes);
    changes_.push_back({false, offset, pool_.size(), bytes.size()});
    pool_.insert(pool_.end(), bytes.begin(), bytes.end());
}

void DiskFile::resize(std::size_t bytes) {
    seen_.resize(bytes);
    changes_.push_back({true, bytes, 0, 0});
}

void DiskFile::sync() {
    for (const Change& change : changes_)
        make_durable(change);
    forget_changes();
}

void DiskFile::sync_in_vain(Dice& dice) {
    for (const Change& change : changes_) {
        if (dice.percent(50)) make_durable(change);
    }
    forget_changes();
}

CutLosses DiskFile::cut_power(int kept_percent, Dice& dice) {
    CutLosses losses;
    for (const Change& change : changes_) {
        if (!dice.percent(kept_percent)) {
            ++losses.lost;
        } else if (!change.resizes && dice.percent(kTornPercent)) {
            const Left left = tear(change, dice);
            losses.lost += left == Left::Nothing ? 1 : 0;
            losses.torn += left == Left::Parts ? 1 : 0;
        } else {
            make_durable(change);
        }
    }
    forget_changes();
    seen_ = durable_;
    return losses;
}

void DiskFile::make_durable(const Change& change) {
    if (change.resizes) {
        durable_.resize(change.offset);
    } else {
        put(durable_, change.offset, std::span(pool_).subspan(change.first, change.count));
    }
}

DiskFile::Left DiskFile::tear(const Change& change, Dice& dice) {
    // Either a beginning is new, as of a write that was cut short, or any sectors are, as of a
    // drive that sorts them.
    const bool in_order = dice.percent(50);
    const bool old_elsewhere = dice.percent(50);
    const auto new_bytes = static_cast<std::size_t>(dice.number() % (change.count + 1));
    const auto bytes = std::span(pool_).subspan(change.first, change.count);
    bool some_new = false;
    bool some_not = false;
    std::size_t done = 0;
    while (done < change.count) {
        const std::size_t to_boundary = kSectorBytes - (change.offset + done) % kSectorBytes;
        const std::size_t count = std::min(to_boundary, change.count - done);
        const bool is_new = in_order ? done + count <= new_bytes : dice.percent(50);
        if (is_new) {
            put(durable_, change.offset + done, bytes.subspan(done, count));
        } else if (!old_elsewhere) {
            put(durable_, change.offset + done, Bytes(count, 0));
        }
        (is_new ? some_new : some_not) = true;
        done += count;
    }
    if (!some_not) return Left::All;
    return some_new || !old_elsewhere ? Left::Parts : Left::Nothing;
}

void DiskFile::forget_changes() {
    changes_.clear();
    pool_.clear();
}

}  // namespace mado::tests
