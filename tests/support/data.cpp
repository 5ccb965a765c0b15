#include "tests/support/data.h"

#include "shared/base/check.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace mado::tests {

std::optional<std::filesystem::path> data_path(const std::string& path) {
    const char* named = std::getenv("MADOGUCHI_DATA");  // NOLINT(concurrency-mt-unsafe)
    const std::filesystem::path place =
        named != nullptr ? std::filesystem::path(named)
                         : std::filesystem::path(MADO_SOURCE_DIR) / "../shared/data";
    std::error_code error;
    if (!std::filesystem::exists(place / path, error)) return {};
    return place / path;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    MADO_CHECK(file.is_open());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace mado::tests
