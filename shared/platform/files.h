#pragma once

// Whole files: read with a bound, written so that a power cut leaves the old one or the new one.

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace mado {

// Refused where there is no such file; Full where it is larger than `bytes_max`.
Result<std::string, IoError> read_file(const std::filesystem::path& file, std::size_t bytes_max);

enum class Visibility {
    Everybody,
    OwnerOnly,
    AsTheDiskKeepsIt,  // for a stick: FAT keeps no modes and refuses to set one
};
// Writes beside the file, syncs, renames over it and syncs the folder.
Result<void, IoError> write_file(const std::filesystem::path& file, std::string_view content,
                                 Visibility visibility);

// Where secrets come from: systemd's $CREDENTIALS_DIRECTORY where it is set and holds `name`,
// otherwise `fallback`, a folder that only the demo has. Says in `from_fallback` which it was.
struct Secret {
    std::string content;
    bool from_fallback = false;
};
Result<Secret, IoError> read_secret(const std::string& name, const std::filesystem::path& fallback);

}  // namespace mado
