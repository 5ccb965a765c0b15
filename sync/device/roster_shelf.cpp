#include "sync/device/roster_shelf.h"

#include "shared/base/sha256.h"
#include "shared/platform/disk_files.h"

#include <algorithm>
#include <string>

namespace mado::device {

namespace {

constexpr auto kTables = R"(
CREATE TABLE IF NOT EXISTS roster_base(
    only INTEGER PRIMARY KEY CHECK (only = 1), serial INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS roster_row(locator BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
)";

Result<sync::RosterFileView, IoError> view_of(const std::filesystem::path& file) {
    auto bytes = MADO_TRY(disk_files().map(file, Reading::Scattered));
    return sync::RosterFileView::of(std::move(bytes.first), bytes.count);
}

}  // namespace

Result<RosterShelf, IoError> RosterShelf::open(sqlite::Database& database,
                                               const std::filesystem::path& folder) {
    MADO_TRY(database.execute(kTables));
    MADO_TRY(disk_files().make_folder(folder));
    return RosterShelf(database, folder);
}

std::filesystem::path RosterShelf::file_of(std::int64_t serial) const {
    return folder_ / std::to_string(serial);
}

Result<std::optional<sync::SealedRow>, IoError> RosterShelf::find(
    const sync::Locator& locator) const {
    auto select = MADO_TRY(database_->prepare("SELECT sealed FROM roster_row WHERE locator = ?"));
    select.bind(1, std::span<const std::uint8_t>(locator));
    std::optional<sync::SealedRow> later;
    if (MADO_TRY(select.step())) {
        const auto bytes = select.blob(0);
        // A row of the wrong length opens for nobody, and is reported by whoever tries.
        later.emplace();
        if (bytes.size() == later->size()) std::ranges::copy(bytes, later->begin());
    }
    select.reset();
    const auto base = base_ ? base_->find(locator) : std::nullopt;
    return later ? later : base;
}

Result<void, IoError> RosterShelf::put(const sync::Locator& locator,
                                       const sync::SealedRow& sealed) {
    auto upsert = MADO_TRY(database_->prepare("INSERT OR REPLACE INTO roster_row VALUES (?, ?)"));
    upsert.bind(1, std::span<const std::uint8_t>(locator))
        .bind(2, std::span<const std::uint8_t>(sealed));
    return upsert.run();
}

Result<RosterShelf::Arrival, IoError> RosterShelf::arrival(std::int64_t serial) const {
    const auto file = file_of(serial);
    return Arrival{serial, file, MADO_TRY(disk_files().size(file))};
}

Result<void, IoError> RosterShelf::add_bytes(Arrival& arrival, std::string_view bytes) const {
    MADO_TRY(disk_files().write(arrival.file, arrival.bytes_here, bytes));
    arrival.bytes_here += static_cast<std::int64_t>(bytes.size());
    return {};
}

Result<sync::RosterFileView, IoError> RosterShelf::check(const Arrival& arrival,
                                                         const sync::RosterFile& announced) const {
    MADO_TRY(disk_files().sync_file(arrival.file));
    MADO_TRY(disk_files().sync_folder(folder_));
    const auto bytes = MADO_TRY(disk_files().map(arrival.file, Reading::Through));
    if (Sha256().add(bytes.all()).finish() != announced.digest) {
        return fail(IoError{IoError::Kind::Corrupt, "the roster file has another digest"});
    }
    return view_of(arrival.file);
}

Result<void, IoError> RosterShelf::adopt(std::int64_t serial) {
    MADO_TRY(database_->execute("DELETE FROM roster_row"));
    auto upsert = MADO_TRY(database_->prepare("INSERT OR REPLACE INTO roster_base VALUES (1, ?)"));
    upsert.bind(1, serial);
    return upsert.run();
}

Result<void, IoError> RosterShelf::clear() {
    return database_->execute("DELETE FROM roster_row; DELETE FROM roster_base;");
}

Result<void, IoError> RosterShelf::reload(std::optional<std::int64_t> arriving) {
    auto base = MADO_TRY(database_->prepare("SELECT serial FROM roster_base"));
    const bool named = MADO_TRY(base.step());
    const std::int64_t serial = named ? base.integer(0) : 0;
    base.reset();
    if (!named) base_.reset();
    if (named && (!base_ || serial != serial_)) {
        auto opened = view_of(file_of(serial));
        damaged_ = !opened.ok();
        base_.reset();
        if (opened.ok()) base_.emplace(std::move(opened).value());
        serial_ = serial;
    }

    const auto names = disk_files().names_in(folder_);
    if (!names.ok()) return {};
    for (const std::string& name : *names) {
        const auto number = parse_digits(name);
        const bool wanted = number && ((named && *number == serial) || number == arriving);
        // What cannot be removed now is tried again next time.
        if (!wanted) (void)disk_files().remove(folder_ / name);
    }
    return {};
}

}  // namespace mado::device
