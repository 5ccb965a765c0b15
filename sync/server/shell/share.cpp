#include "sync/server/shell/share.h"

#include "shared/domain/tables.h"
#include "shared/platform/files.h"

namespace mado::server {

namespace {

constexpr std::size_t kTableBytesMax = 4u << 20;

IoError bad_table(const std::filesystem::path& file, const TableError& error) {
    return IoError{IoError::Kind::Corrupt,
                   file.string() + ":" + std::to_string(error.line) + ": " + error.reason};
}

}  // namespace

std::filesystem::path share_beside_the_program() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return "/usr/share/madoguchi";
    return program.parent_path().parent_path() / "share/madoguchi";
}

Result<MunicipalityTable, IoError> read_municipalities(const std::filesystem::path& share) {
    const auto file = share / "tables/municipalities.tsv";
    const std::string text = MADO_TRY(read_file(file, kTableBytesMax));
    auto table = parse_municipality_table(text);
    if (!table.ok()) return fail(bad_table(file, table.error()));
    return std::move(table).value();
}

Result<VaccineTable, IoError> read_vaccine_table(const std::filesystem::path& share) {
    const auto file = share / "tables/vaccines.csv";
    const std::string text = MADO_TRY(read_file(file, kTableBytesMax));
    auto table = parse_vaccine_table(text);
    if (!table.ok()) return fail(bad_table(file, table.error()));
    return std::move(table).value();
}

}  // namespace mado::server
