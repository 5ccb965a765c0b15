#pragma once

// A file that is read where it is looked at: of a typeface of 20 MB, the pages with the glyphs in
// use.

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

namespace mado::ui {

class MappedFile {
  public:
    // Unavailable where there is none, or an empty one.
    static Result<MappedFile, IoError> open(const std::filesystem::path& file);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }

    // Stay where they are for as long as this, or what it was moved to, lives. Writing to them
    // changes no file.
    std::span<std::byte> bytes() const { return bytes_; }

  private:
    explicit MappedFile(std::span<std::byte> bytes) : bytes_(bytes) {}

    std::span<std::byte> bytes_;
};

}  // namespace mado::ui
