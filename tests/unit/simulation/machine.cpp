#include "tests/unit/simulation/machine.h"

namespace mado::tests {

Machine::Machine(std::uint64_t seed)
    : dice(seed),
      disks({dice, clock, [this](Milliseconds by) { slept += by; }}),
      disk(disks.add("machine", seed)) {}

sqlite::Database opened(const std::filesystem::path& file) {
    return sqlite::Database::open(file, sqlite::Access::ReadWrite).value();
}

Result<std::string, IoError> text_from(sqlite::Database& database, std::string_view sql) {
    auto select = MADO_TRY(database.prepare(sql));
    const bool found = MADO_TRY(select.step());
    return found ? select.text(0) : std::string();
}

std::int64_t number_from(sqlite::Database& database, std::string_view sql) {
    auto select = database.prepare(sql).value();
    MADO_CHECK(select.step().value());
    return select.integer(0);
}

std::string integrity_of(const std::filesystem::path& file) {
    auto database = sqlite::Database::open(file, sqlite::Access::ReadWrite);
    if (!database.ok()) return database.error().what;
    auto found = text_from(*database, "PRAGMA integrity_check");
    return found.ok() ? std::move(found).value() : found.error().what;
}

}  // namespace mado::tests
