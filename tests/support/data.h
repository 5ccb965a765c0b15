#pragma once

// Third-party data for conformance tests, kept outside the tree.

#include <filesystem>
#include <optional>
#include <string>

namespace mado::tests {

// The place of `path` (as "qr/manifest.jsonl") under MADOGUCHI_DATA, or where that is not set,
// under
// ../shared/data as seen from the top of the source tree. No value where it is absent: the test
// then skips and says so.
std::optional<std::filesystem::path> data_path(const std::string& path);

// The whole file; one that cannot be read ends the test.
std::string read_file(const std::filesystem::path& path);

}  // namespace mado::tests
