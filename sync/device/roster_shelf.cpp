#include "sync/device/roster_shelf.h"

#include "shared/base/sha256.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace mado::device {

namespace {

constexpr auto kTables = R"(
CREATE TABLE IF NOT EXISTS roster_base(
    only INTEGER PRIMARY KEY CHECK (only = 1), serial INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS roster_row(locator BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
)";

IoError file_error(int code) {
    const auto kind =
        code == ENOSPC || code == EDQUOT ? IoError::Kind::Full : IoError::Kind::Unavailable;
    return {kind, "roster file: " + std::generic_category().message(code)};
}

class FileDescriptor {
  public:
    FileDescriptor(const std::filesystem::path& file, int flags)
        : number_(::open(file.c_str(), flags | O_CLOEXEC, 0600)) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

  private:
    int number_;
};

Result<void, IoError> sync_to_disk(const std::filesystem::path& path, int flags) {
    const FileDescriptor descriptor(path, flags);
    if (descriptor.number() < 0 || ::fsync(descriptor.number()) != 0)
        return fail(file_error(errno));
    return {};
}

Result<Digest, IoError> digest_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(IoError{IoError::Kind::Unavailable, "roster file cannot be opened"});
    Sha256 hash;
    std::string block(1u << 20, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
        hash.add(
            bytes_of(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount()))));
    }
    if (in.bad()) return fail(IoError{IoError::Kind::Unavailable, "roster file cannot be read"});
    return hash.finish();
}

}  // namespace

Result<RosterShelf, IoError> RosterShelf::open(sqlite::Database& database,
                                               const std::filesystem::path& folder) {
    MADO_TRY(database.execute(kTables));
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(file_error(error.value()));
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
    Arrival arrival{serial, file_of(serial), 0};
    std::error_code error;
    const auto bytes = std::filesystem::file_size(arrival.file, error);
    if (!error) arrival.bytes_here = static_cast<std::int64_t>(bytes);
    return arrival;
}

Result<void, IoError> RosterShelf::add_bytes(Arrival& arrival, std::string_view bytes) const {
    const FileDescriptor file(arrival.file, O_WRONLY | O_CREAT);
    if (file.number() < 0) return fail(file_error(errno));
    auto offset = arrival.bytes_here;
    while (!bytes.empty()) {
        const auto written = ::pwrite(file.number(), bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fail(file_error(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
    }
    arrival.bytes_here = offset;
    return {};
}

Result<sync::RosterFileView, IoError> RosterShelf::check(const Arrival& arrival,
                                                         const sync::RosterFile& announced) const {
    MADO_TRY(sync_to_disk(arrival.file, O_RDWR));
    MADO_TRY(sync_to_disk(folder_, O_RDONLY | O_DIRECTORY));
    if (MADO_TRY(digest_of(arrival.file)) != announced.digest) {
        return fail(IoError{IoError::Kind::Corrupt, "the roster file has another digest"});
    }
    return sync::RosterFileView::open(arrival.file);
}

Result<void, IoError> RosterShelf::adopt(std::int64_t serial) {
    MADO_TRY(database_->execute("DELETE FROM roster_row"));
    auto upsert = MADO_TRY(database_->prepare("INSERT OR REPLACE INTO roster_base VALUES (1, ?)"));
    upsert.bind(1, serial);
    return upsert.run();
}

Result<void, IoError> RosterShelf::reload(std::optional<std::int64_t> arriving) {
    auto base = MADO_TRY(database_->prepare("SELECT serial FROM roster_base"));
    const bool named = MADO_TRY(base.step());
    const std::int64_t serial = named ? base.integer(0) : 0;
    base.reset();
    if (named && (!base_ || serial != serial_)) {
        auto opened = sync::RosterFileView::open(file_of(serial));
        damaged_ = !opened.ok();
        base_.reset();
        if (opened.ok()) base_.emplace(std::move(opened).value());
        serial_ = serial;
    }

    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        const auto number = parse_digits(entry.path().filename().string());
        const bool wanted = number && ((named && *number == serial) || number == arriving);
        if (wanted) continue;
        std::error_code ignored;  // what cannot be removed now is tried again next time
        std::filesystem::remove(entry.path(), ignored);
    }
    return {};
}

}  // namespace mado::device
