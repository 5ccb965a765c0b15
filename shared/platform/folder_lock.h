#pragma once

// One program on a folder at a time: two on one journal would fork its chain, and two servers on
// one town would each tell the other's devices its own address.

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace mado {

// Held until it goes out of scope or the program ends, however it ends.
class FolderLock {
  public:
    // `program` names the file and the reason: "kiosk". Unavailable where another such program
    // holds the folder; Refused where the folder is not there or cannot be written.
    static Result<FolderLock, IoError> take(const std::filesystem::path& folder,
                                            const std::string& program);
    // Whether such a program runs there. Makes nothing, so that anybody may ask.
    static bool is_held(const std::filesystem::path& folder, const std::string& program);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;

  private:
    explicit FolderLock(int file) : file_(file) {}

    int file_ = -1;
};

}  // namespace mado
