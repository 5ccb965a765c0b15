#include "tests/simulation/disk.h"

#include <algorithm>
#include <set>

namespace mado::tests {

namespace {

constexpr std::size_t kPageBytes = 4096;

}  // namespace

std::string_view folder_of(std::string_view name) {
    const auto slash = name.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

// ---- orders

void Disk::power_cut() {
    const DiskCounts before = counts_;
    // A cut at once loses all, one after half a minute little.
    constexpr std::array<int, 5> kKeptPercent = {0, 10, 50, 90, 100};
    const int kept_percent = dice_.pick(kKeptPercent);

    // Versions of one name, and several names, may stand for one file.
    std::set<const DiskFile*> done;
    for (auto& [name, versions] : names_) {
        for (const auto& file : versions) {
            if (!file || !done.insert(file.get()).second) continue;
            const CutLosses losses = file->cut_power(kept_percent, dice_);
            counts_.writes_lost += losses.lost;
            counts_.writes_torn += losses.torn;
        }
        if (versions.size() == 1) continue;
        const auto survivor = dice_.pick(versions);
        if (survivor != versions.back()) ++counts_.names_lost;
        versions = {survivor};
    }
    const bool lost = before.writes_lost != counts_.writes_lost ||
                      before.writes_torn != counts_.writes_torn ||
                      before.names_lost != counts_.names_lost;
    counts_.cuts_that_lost += lost ? 1 : 0;
    ++counts_.power_cuts;
    end_processes();
}

void Disk::kill() {
    ++counts_.kills;
    end_processes();
}

void Disk::cut_after(std::int64_t changes) {
    MADO_CHECK(changes > 0);
    changes_left_ = changes;
}

void Disk::fail_next(DiskCall call, int times) {
    fail_times_[static_cast<std::size_t>(call)] = times;
}

void Disk::fail_share(DiskCall call, int percent) {
    fail_percent_[static_cast<std::size_t>(call)] = percent;
}

void Disk::heal() {
    fail_times_.fill(0);
    fail_percent_.fill(0);
    changes_left_.reset();
}

DiskImage Disk::image() const {
    DiskImage image;
    for (const auto& [name, versions] : names_) {
        if (versions.back()) image.emplace(name, versions.back()->bytes());
    }
    return image;
}

void Disk::restore(const DiskImage& image) {
    end_processes();
    names_.clear();
    for (const auto& [name, bytes] : image)
        names_.emplace(name, Versions{std::make_shared<DiskFile>(bytes)});
}

std::int64_t Disk::bytes_held() const {
    std::int64_t bytes = 0;
    for (const auto& [name, versions] : names_) {
        if (versions.back()) bytes += static_cast<std::int64_t>(versions.back()->bytes().size());
    }
    return bytes;
}

void Disk::end_processes() {
    ++life_;
    cut_off_ = false;
    changes_left_.reset();
    for (auto& [name, versions] : names_) {
        for (const auto& file : versions) {
            if (file) file->connections.reset();
        }
    }
}

// ---- calls

DiskResult<void> Disk::begin(DiskCall call) {
    if (cut_off_) return fail(DiskTrouble::Dead);
    const auto which = static_cast<std::size_t>(call);
    if (fail_times_[which] > 0) {
        --fail_times_[which];
    } else if (fail_percent_[which] == 0 || !dice_.percent(fail_percent_[which])) {
        return {};
    }
    ++counts_.failed;
    return fail(DiskTrouble::Failing);
}

DiskResult<Disk::Course> Disk::begin_change() {
    if (cut_off_) return fail(DiskTrouble::Dead);
    if (!changes_left_ || --*changes_left_ > 0) return Course::Goes;
    cut_off_ = true;
    return Course::BreaksOff;
}

std::shared_ptr<DiskFile> Disk::seen(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : found->second.back();
}

void Disk::rename_to(std::string_view name, std::shared_ptr<DiskFile> file) {
    auto found = names_.find(name);
    if (found == names_.end()) found = names_.emplace(name, Versions{nullptr}).first;
    found->second.push_back(std::move(file));
}

DiskResult<OpenFile> Disk::open(std::string_view name, Opening opening) {
    MADO_TRY(begin(DiskCall::Open));
    auto file = seen(name);
    if (!file) {
        if (opening == Opening::Existing) return fail(DiskTrouble::Missing);
        const Course course = MADO_TRY(begin_change());
        if (course == Course::BreaksOff && dice_.percent(50)) return fail(DiskTrouble::Dead);
        file = std::make_shared<DiskFile>(Bytes());
        rename_to(name, file);
        if (course == Course::BreaksOff) return fail(DiskTrouble::Dead);
    }
    return OpenFile{std::move(file), life_};
}

bool Disk::usable(const OpenFile& opened) const {
    return opened.life == life_ && !cut_off_;
}

DiskResult<std::size_t> Disk::read(const OpenFile& opened, std::size_t offset,
                                   std::span<std::uint8_t> into) {
    if (!usable(opened)) return fail(DiskTrouble::Dead);
    MADO_TRY(begin(DiskCall::Read));
    ++counts_.reads;
    const Bytes& bytes = opened.file->bytes();
    if (offset >= bytes.size()) return std::size_t{0};
    const std::size_t count = std::min(into.size(), bytes.size() - offset);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
}

std::size_t Disk::room_for_growth_to(const DiskFile& file, std::size_t wanted) const {
    if (!room_ || wanted <= file.bytes().size()) return wanted;
    const std::int64_t left = std::max<std::int64_t>(*room_ - bytes_held(), 0);
    return std::min(wanted, file.bytes().size() + static_cast<std::size_t>(left));
}

DiskResult<void> Disk::write(const OpenFile& opened, std::size_t offset,
                             std::span<const std::uint8_t> bytes) {
    if (!usable(opened)) return fail(DiskTrouble::Dead);
    MADO_TRY(begin(DiskCall::Write));
    const Course course = MADO_TRY(begin_change());
    ++counts_.writes;
    std::size_t end = offset + bytes.size();
    if (course == Course::BreaksOff) {
        // A process that is killed within a write has filled some pages of the cache, in order.
        end = offset + static_cast<std::size_t>(dice_.number() % (bytes.size() + kPageBytes));
        if (end < offset + bytes.size()) end -= end % kPageBytes;
        end = std::clamp(end, offset, offset + bytes.size());
    }
    end = std::max(room_for_growth_to(*opened.file, end), offset);
    if (end > offset) opened.file->write(offset, bytes.first(end - offset));
    if (course == Course::BreaksOff) return fail(DiskTrouble::Dead);
    if (end == offset + bytes.size()) return {};
    ++counts_.failed;
    return fail(DiskTrouble::Full);
}

DiskResult<void> Disk::resize(const OpenFile& opened, std::size_t bytes) {
    if (!usable(opened)) return fail(DiskTrouble::Dead);
    MADO_TRY(begin(DiskCall::Write));
    const Course course = MADO_TRY(begin_change());
    ++counts_.writes;
    if (course == Course::BreaksOff) {
        if (dice_.percent(50)) opened.file->resize(bytes);
        return fail(DiskTrouble::Dead);
    }
    if (room_for_growth_to(*opened.file, bytes) < bytes) {
        ++counts_.failed;
        return fail(DiskTrouble::Full);
    }
    opened.file->resize(bytes);
    return {};
}

DiskResult<std::size_t> Disk::size(const OpenFile& opened) const {
    if (!usable(opened)) return fail(DiskTrouble::Dead);
    return opened.file->bytes().size();
}

DiskResult<void> Disk::sync(const OpenFile& opened) {
    if (!usable(opened)) return fail(DiskTrouble::Dead);
    const auto begun = begin(DiskCall::Sync);
    if (!begun.ok()) {
        if (begun.error() == DiskTrouble::Failing) opened.file->sync_in_vain(dice_);
        return begun;
    }
    const Course course = MADO_TRY(begin_change());
    ++counts_.syncs;
    if (course == Course::BreaksOff) return fail(DiskTrouble::Dead);
    opened.file->sync();
    return {};
}

DiskResult<void> Disk::sync_folder(std::string_view folder) {
    MADO_TRY(begin(DiskCall::Sync));
    const Course course = MADO_TRY(begin_change());
    ++counts_.syncs;
    if (course == Course::BreaksOff) return fail(DiskTrouble::Dead);
    for (auto& [name, versions] : names_) {
        if (versions.size() > 1 && folder_of(name) == folder) versions = {versions.back()};
    }
    return {};
}

DiskResult<void> Disk::remove(std::string_view name) {
    MADO_TRY(begin(DiskCall::Remove));
    if (!seen(name)) return fail(DiskTrouble::Missing);
    const Course course = MADO_TRY(begin_change());
    if (course == Course::Goes || dice_.percent(50)) rename_to(name, nullptr);
    if (course == Course::BreaksOff) return fail(DiskTrouble::Dead);
    return {};
}

DiskResult<std::shared_ptr<const DiskFile>> Disk::find(std::string_view name) const {
    if (cut_off_) return fail(DiskTrouble::Dead);
    return std::shared_ptr<const DiskFile>(seen(name));
}

DiskResult<std::vector<std::string>> Disk::names_in(std::string_view folder) const {
    if (cut_off_) return fail(DiskTrouble::Dead);
    std::vector<std::string> found;
    for (const auto& [name, versions] : names_) {
        if (versions.back() && folder_of(name) == folder) found.push_back(name);
    }
    return found;
}

DiskResult<void> Disk::share_memory(std::int64_t more_bytes) {
    MADO_TRY(begin(DiskCall::ShareMemory));
    if (!room_ || bytes_held() + more_bytes <= *room_) return {};
    ++counts_.failed;
    return fail(DiskTrouble::Full);
}

}  // namespace mado::tests
