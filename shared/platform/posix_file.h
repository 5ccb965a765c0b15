#pragma once

// What the adapters of files share inside the platform: a file handle that closes itself, and what
// the system's error numbers mean to whoever asked.

#include "shared/base/io_error.h"

#include <filesystem>

namespace mado::posix {

class Descriptor {
  public:
    // As open(2) or its like gave it; negative: not open.
    explicit Descriptor(int number) : number_(number) {}
    // Close-on-exec; a file that is made is the owner's alone.
    Descriptor(const std::filesystem::path& file, int flags);
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    bool open() const { return number_ >= 0; }
    int number() const { return number_; }

  private:
    int number_;
};

// Full for a full disk, Refused for what asking again does not change, otherwise Unavailable.
IoError error_of(int code, const std::filesystem::path& file);

}  // namespace mado::posix
